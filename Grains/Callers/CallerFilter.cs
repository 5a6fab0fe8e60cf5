using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Audit;

namespace RecordingCluster.Grains.Callers;

/// <summary>
/// Stands before every grain call: finds the rule of the method, refuses who is not in it, and what has no rule (R15);
/// a deed gets its entry in the trail, opened before and closed after (R16).
/// </summary>
internal sealed class CallerFilter(CallRules rules, CurrentCaller callers, DeedLog deeds) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var rule = rules.Of(context.InterfaceMethod);
        var bySilo = callers.IsSilo();
        if (rule is null)
        {
            return IsEngineCall(context, bySilo) ? context.Invoke() : Refuse(context, null);
        }

        var caller = callers.Find();
        if (bySilo)
        {
            // One grain asking another: the deed it belongs to was judged where it came in.
            return (rule.Allowed & (Roles.Silo | (caller?.Roles ?? Roles.None))) != 0 ? context.Invoke() : Refuse(context, rule);
        }

        if (caller is null || !caller.Has(rule.Allowed))
        {
            return Refuse(context, rule);
        }

        return rule.IsDeed ? deeds.Carry(context, rule.Name, caller) : context.Invoke();
    }

    private async Task Refuse(IIncomingGrainCallContext context, CallRule? rule)
    {
        var deed = rule?.Name ?? $"{context.InterfaceName}/{context.MethodName}";
        await deeds.Refused(context, deed, callers.Find());
        throw new RecordingClusterException(ErrorKind.Denied, $"{deed} is not allowed to this caller. Sign in with a role that may do it.");
    }

    // What Orleans itself sends: ticks of reminders and timers, and the calls of its dashboard, which asks for the operator.
    private bool IsEngineCall(IIncomingGrainCallContext context, bool bySilo)
    {
        if (context.SourceId is { } source && (source.IsSystemTarget() || source == context.TargetId))
        {
            return true;
        }

        return EngineCall.IsOpenToClients(context.InterfaceMethod)
            || (EngineCall.Is(context.InterfaceMethod) && (bySilo || callers.Find()?.Has(Roles.Operator) == true));
    }
}
