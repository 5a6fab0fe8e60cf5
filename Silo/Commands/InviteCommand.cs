using System.CommandLine;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Silo.Commands;

/// <summary><c>people invite --first</c>: the way in where the links of the first start were lost or ended unused.</summary>
internal static class InviteCommand
{
    public static Command Create(string[] settings) => new("people", "Who may sign in at the portal.") { Invite(settings) };

    private static Command Invite(string[] settings)
    {
        var first = new Option<bool>("--first") { Description = "The first operator, secretary and data protection officer; nobody else is invited here." };
        var command = new Command("invite", "Prints new one-time links for each of the first three roles in which nobody has ever enrolled. Also while the silo runs.") { first };
        command.Validators.Add(parsed =>
        {
            if (!parsed.GetValue(first))
            {
                parsed.AddError("Say --first: the first people alone are invited here. All others are proposed in the portal by an operator.");
            }
        });
        command.SetAction((_, _) => CommandLine.Carry(() =>
            PeopleCommand.InviteFirst(SiloSettings.Read(CommandLine.Configuration(settings)), TimeProvider.System, Console.Out)));
        return command;
    }
}
