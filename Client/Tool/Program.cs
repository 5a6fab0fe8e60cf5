using System.CommandLine;
using RecordingCluster.Tool.Auditing;
using RecordingCluster.Tool.Walking;

var root = new RootCommand("The command line of the recording cluster.") { AuditCommand.Create(), WalkCommand.Create() };
return await root.Parse(args).InvokeAsync();
