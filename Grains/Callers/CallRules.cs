using System.Collections.Frozen;
using System.Reflection;
using RecordingCluster.GrainInterfaces.Callers;

namespace RecordingCluster.Grains.Callers;

/// <summary>The rule of every grain method, read once from the contracts.</summary>
internal sealed class CallRules
{
    private readonly FrozenDictionary<MethodInfo, CallRule> rules;

    public CallRules(params IEnumerable<Assembly> contracts) =>
        rules = contracts
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsInterface && type.IsAssignableTo(typeof(Orleans.Runtime.IAddressable)))
            .SelectMany(type => type.GetMethods())
            .Select(method => (Method: method, Rule: RuleOf(method)))
            .Where(known => known.Rule is not null)
            .ToFrozenDictionary(known => known.Method, known => known.Rule!);

    /// <summary>Null for a method that names nobody: it is refused.</summary>
    public CallRule? Of(MethodInfo? method) => method is not null && rules.TryGetValue(method, out var rule) ? rule : null;

    private static CallRule? RuleOf(MethodInfo method) =>
        method.GetCustomAttribute<AllowedToAttribute>() is { } allowed
            ? new CallRule(allowed.Roles, IsDeed: !allowed.Query && allowed.Roles != Roles.Silo, NameOf(method), allowed.WhileAway)
            : null;

    private static string NameOf(MethodInfo method) =>
        $"{AliasOf(method.DeclaringType!) ?? method.DeclaringType!.Name}/{AliasOf(method) ?? method.Name}";

    private static string? AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>()?.Alias;
}

/// <summary>Who may call a method, whether it leaves an entry in the trail, what it is called there, and whether it is done while the database is away.</summary>
internal sealed record CallRule(Roles Allowed, bool IsDeed, string Name, bool WhileAway);
