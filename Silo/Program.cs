using RecordingCluster.Silo.Commands;

return await CommandLine.Run(args);
