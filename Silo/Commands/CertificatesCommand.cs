using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using RecordingCluster.GrainInterfaces.Certificates;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Security;

namespace RecordingCluster.Silo.Commands;

/// <summary><c>certificates</c>: makes and manages the cluster's own.</summary>
internal static class CertificatesCommand
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    private static readonly Dictionary<string, X509RevocationReason> Reasons = new(StringComparer.Ordinal)
    {
        ["superseded"] = X509RevocationReason.Superseded,
        ["key-compromise"] = X509RevocationReason.KeyCompromise,
        ["out-of-use"] = X509RevocationReason.CessationOfOperation,
        ["other"] = X509RevocationReason.Unspecified,
    };

    private static readonly Dictionary<string, CertificateRole> Roles = new(StringComparer.Ordinal)
    {
        ["silo"] = CertificateRole.Silo,
        ["booking-client"] = CertificateRole.BookingClient,
    };

    public static Command Create(string[] settings)
    {
        var folder = new Option<string?>("--folder") { Description = "Where the certificates are; as Certificates:Folder when left out.", Recursive = true };
        return new Command("certificates", "Makes and manages the certificates of the cluster's own CA.")
        {
            folder, Init(settings, folder), Issue(settings, folder), Revoke(settings, folder), List(settings, folder),
        };
    }

    private static Command Init(string[] settings, Option<string?> folder)
    {
        var next = new Option<bool>("--next") { Description = "Puts a new CA beside the old one; both are trusted, and the new one issues." };
        var retire = new Option<bool>("--retire") { Description = "Ends the trust in the old CA, when everybody has a certificate of the new one." };
        var command = new Command("init", "Makes the CA (ECDSA P-256, five years) and its empty revocation list. Overwrites nothing.") { next, retire };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(next) && parsed.GetValue(retire))
            {
                parsed.AddError("--next and --retire are two steps; between them everybody is issued a certificate of the new CA.");
            }
        });
        command.SetAction((parsed, _) => CommandLine.Carry(() =>
        {
            var (certificates, at, _) = Open(settings, parsed.GetValue(folder));
            if (parsed.GetValue(retire))
            {
                certificates.RetireOld();
                Console.WriteLine("The old CA is retired. Copy ca.crt and ca.crl to every machine.");
            }
            else if (parsed.GetValue(next))
            {
                certificates.InitNext();
                Console.WriteLine($"A new CA stands beside the old one in {at}. Copy ca.crl, then ca.crt, to every machine; after that issue every certificate anew, copy them, and give: certificates init --retire.");
            }
            else
            {
                certificates.Init();
                Console.WriteLine($"Made the CA in {at}. Keep ca.key off the machines that serve. Next: certificates issue --role silo --name silo.");
            }
        }));
        return command;
    }

    private static Command Issue(string[] settings, Option<string?> folder)
    {
        var role = new Option<string>("--role") { Description = "silo, or booking-client.", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.Keys]);
        var name = new Option<string>("--name") { Description = "The machine or service, never a person: a-z, 0-9 and -.", Required = true };
        var address = new Option<string[]>("--address") { Description = "An IP address or DNS name by which a silo is reached; may be repeated. Those of the settings are always there." };
        var command = new Command("issue", "Issues a certificate of one year with a new key. What its holder had before stays good until revoked.") { role, name, address };
        command.SetAction((parsed, _) => CommandLine.Carry(() =>
        {
            var (certificates, at, network) = Open(settings, parsed.GetValue(folder));
            var holder = new CertificateHolder(parsed.GetRequiredValue(name), Roles[parsed.GetRequiredValue(role)]);
            IEnumerable<string> given = parsed.GetValue(address) ?? [];
            using var issued = certificates.Issue(holder, [.. holder.Role == CertificateRole.Silo ? network.CertificateAddresses.Concat(given) : given]);
            Console.WriteLine($"Issued {holder.Name} as {parsed.GetRequiredValue(role)}, serial {issued.SerialNumber}, until {Time(issued.NotAfter.ToUniversalTime())}.");
            Console.WriteLine($"It needs ca.crt, ca.crl, {holder.Name}.crt and {holder.Name}.key of {at}; a running process reads them within {ClusterCertificates.LookEvery.TotalSeconds} s.");
        }));
        return command;
    }

    private static Command Revoke(string[] settings, Option<string?> folder)
    {
        var name = new Option<string?>("--name") { Description = "Whose certificates: all of them; with the reason superseded, all but the newest." };
        var serial = new Option<string?>("--serial") { Description = "Which one certificate." };
        var reason = new Option<string>("--reason") { Description = $"Why: {string.Join(", ", Reasons.Keys)}.", Required = true };
        reason.AcceptOnlyFromAmong([.. Reasons.Keys]);
        var command = new Command("revoke", "Takes a certificate back: its connections are closed, and no new one is made.") { name, serial, reason };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(name) is null == parsed.GetValue(serial) is null)
            {
                parsed.AddError("Say either --name or --serial.");
            }
        });
        command.SetAction((parsed, _) => CommandLine.Carry(() =>
        {
            var (certificates, _, _) = Open(settings, parsed.GetValue(folder));
            var why = Reasons[parsed.GetRequiredValue(reason)];
            var revoked = parsed.GetValue(serial) is { } one ? certificates.RevokeSerial(one, why) : certificates.RevokeName(parsed.GetValue(name)!, why);
            Console.WriteLine(revoked.Count == 0
                ? "Nothing was left to revoke."
                : $"Revoked {string.Join(", ", revoked)}. Copy ca.crl to every machine; it is in force there {ClusterCertificates.LookEvery.TotalSeconds} s later.");
        }));
        return command;
    }

    private static Command List(string[] settings, Option<string?> folder)
    {
        var command = new Command("list", "Shows the CA and all that it issued, and says what ends within 30 days.");
        command.SetAction((parsed, _) => CommandLine.Carry(() =>
        {
            var (certificates, _, _) = Open(settings, parsed.GetValue(folder));
            var now = Clock.GetUtcNow();
            Console.WriteLine($"{"name",-32} {"role",-14} {"serial",-34} {"from",-17} {"until",-17} state");
            var all = certificates.List();
            foreach (var one in all)
            {
                Console.WriteLine($"{one.Name,-32} {RoleOf(one),-14} {one.Serial,-34} {Time(one.From),-17} {Time(one.Until),-17} {StateOf(one, now)}");
            }

            foreach (var one in all.Where(one => one.EndsSoon(now)))
            {
                Console.Error.WriteLine($"warning: {one.Name} ({one.Serial}) ends at {Time(one.Until)}. {(one.Role is null ? "certificates init --next" : $"certificates issue --role {RoleOf(one)} --name {one.Name}")}");
            }
        }));
        return command;
    }

    private static (CertificateFolder Certificates, string Folder, NetworkOptions Network) Open(string[] settings, string? folder)
    {
        var places = SiloSettings.ReadPlaces(CommandLine.Configuration(settings));
        var at = folder ?? places.Certificates.FolderIn(places.Storage);
        return File.Exists(at)
            ? throw RecordingClusterException.Invalid("--folder", $"{at} is a file.", "Name a folder.")
            : (new CertificateFolder(at, Clock), at, places.Network);
    }

    private static string RoleOf(IssuedCertificate one) => one.Role is null ? "ca" : Roles.Single(role => role.Value == one.Role).Key;

    private static string StateOf(IssuedCertificate one, DateTimeOffset now) => one.Revoked ? "revoked" : one.IsLive(now) ? "good" : "ended";

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
