using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Tests.Cluster;

/// <summary>Every operation there is beside every role there is, as the contracts say it.</summary>
internal static class CallTable
{
    public static ImmutableArray<Caller> Callers { get; } =
    [
        TestCluster.BookingSystem, TestCluster.Official, TestCluster.Reception, TestCluster.Administrator, TestCluster.Secretary, TestCluster.Deputy, TestCluster.Officer, TestCluster.Operator,
    ];

    public static ImmutableArray<MethodInfo> Methods { get; } =
    [
        .. typeof(Caller).Assembly.GetTypes()
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)) && type.GetCustomAttribute<AliasAttribute>() is not null)
            .SelectMany(type => type.GetMethods())
            .OrderBy(NameOf, StringComparer.Ordinal),
    ];

    public static string NameOf(MethodInfo method) =>
        $"{method.DeclaringType!.GetCustomAttribute<AliasAttribute>()!.Alias}/{method.GetCustomAttribute<AliasAttribute>()!.Alias}";

    /// <summary>A line an operation: its name, whether it leaves an entry in the trail, and who may.</summary>
    public static string Write()
    {
        var text = new StringBuilder();
        foreach (var method in Methods)
        {
            var rule = method.GetCustomAttribute<AllowedToAttribute>();
            var kind = rule is null ? "refused" : rule.Query ? "query" : rule.Roles == Roles.Silo ? "inside" : "deed";
            text.AppendLine($"{NameOf(method),-32}{kind,-8}{(rule is null ? "" : string.Join(' ', CallerToken.NamesOf(rule.Roles)))}".TrimEnd());
        }

        return text.ToString();
    }
}
