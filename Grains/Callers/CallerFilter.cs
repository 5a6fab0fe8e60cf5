using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Audit;

namespace RecordingCluster.Grains.Callers;

/// <summary>
/// Stands before every grain call: finds the rule of the method, refuses who is not in it, and what has no rule (R15);
/// a deed gets its entry in the trail, opened before and closed after (R16).
/// </summary>
/// <remarks>
/// Whoever calls, what the grain then asks of other grains is the cluster's own call: it is marked as that on the way in,
/// and the person it is done for stays with it.
/// </remarks>
internal sealed class CallerFilter(CallRules rules, ICallerVerifier verifier, CurrentCaller callers, DeedLog deeds) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var rule = rules.Of(context.InterfaceMethod);
        if (rule is null)
        {
            return EngineCall.MayPass(context, callers) ? Enter(context) : Refuse(context, null);
        }

        var person = callers.Person();
        if (callers.IsSilo())
        {
            // One grain asking another: the deed it belongs to was judged where it came in.
            return (rule.Allowed & (Roles.Silo | (person?.Roles ?? Roles.None))) != 0 ? context.Invoke() : Refuse(context, rule);
        }

        if (person is null || !person.Has(rule.Allowed))
        {
            return Refuse(context, rule);
        }

        return rule.IsDeed ? deeds.Carry(context, rule.Name, person, Enter) : Enter(context);
    }

    private Task Enter(IIncomingGrainCallContext context)
    {
        RequestContext.Set(CallerContext.SiloKey, verifier.SiloToken);
        return context.Invoke();
    }

    private async Task Refuse(IIncomingGrainCallContext context, CallRule? rule)
    {
        var deed = rule?.Name ?? $"{context.InterfaceName}/{context.MethodName}";
        await deeds.Refused(context, deed, callers.Find());
        throw new RecordingClusterException(ErrorKind.Denied, $"{deed} is not allowed to this caller. Sign in with a role that may do it.");
    }
}
