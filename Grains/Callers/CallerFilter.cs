using Microsoft.Extensions.Logging;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Away;

namespace RecordingCluster.Grains.Callers;

/// <summary>
/// Stands before every grain call: verifies who calls, finds the rule of the method, refuses who is not in it, and what has
/// no rule (R15); a deed gets its entry in the trail, opened before and closed after (R16).
/// </summary>
/// <remarks>
/// Whoever calls, what the grain then asks of other grains is the cluster's own call, and the person it is done for stays
/// with it (<see cref="InsideCalls"/>). Nothing that a sender writes into a message is believed but a token that verifies:
/// not the context, and not the address it says it comes from. The tokens are taken out of the context on the way in, since
/// Orleans sends the context back with the answer.
/// </remarks>
internal sealed partial class CallerFilter(CallRules rules, GrainKeys keys, ICallerVerifier verifier, CurrentCaller callers, DeedLog deeds, DatabasePresence database, ILogger<CallerFilter> log) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var person = Verify(CallerContext.PersonKey);
        var inside = Verify(CallerContext.SiloKey);
        return person.IsCompletedSuccessfully && inside.IsCompletedSuccessfully
            ? Judge(context, new Calling(person.Result, inside.Result))
            : JudgeLater(context, person, inside);
    }

    private async Task JudgeLater(IIncomingGrainCallContext context, ValueTask<CallerVerdict> person, ValueTask<CallerVerdict> inside) =>
        await Judge(context, new Calling(await person, await inside));

    private ValueTask<CallerVerdict> Verify(string key) => RequestContext.Get(key) switch
    {
        string said => verifier.Verify(said),
        null => ValueTask.FromResult(CallerVerdict.Nobody),
        _ => ValueTask.FromResult(CallerVerdict.Not("a token that is no text")),
    };

    private Task Judge(IIncomingGrainCallContext context, Calling calling)
    {
        var rule = rules.Of(CalledMethod.Of(context));
        if (rule is null)
        {
            return EngineCall.MayPass(context, calling) ? Enter(context, calling) : Refuse(context, null, calling);
        }

        if (calling.IsInside)
        {
            // One grain asking another: the deed it belongs to was judged where it came in.
            return (rule.Allowed & (Roles.Silo | (calling.Person?.Roles ?? Roles.None))) != 0 ? Enter(context, calling) : Refuse(context, rule, calling);
        }

        if (database.IsAway && !rule.WhileAway)
        {
            throw new DatabaseAwayException();
        }

        if (calling.Person is not { } person || !person.Has(rule.Allowed))
        {
            return Refuse(context, rule, calling);
        }

        return rule.IsDeed ? Carry(context, rule, person, calling) : EnterByRightKey(context, calling);
    }

    // Apart, since what a lambda holds is made where its method begins, and most calls are no deeds.
    private Task Carry(IIncomingGrainCallContext context, CallRule rule, Caller person, Calling calling) =>
        deeds.Carry(context, rule, person, entered => EnterByRightKey(entered, calling));

    private Task EnterByRightKey(IIncomingGrainCallContext context, Calling calling)
    {
        keys.Check(context.TargetId);
        return Enter(context, calling);
    }

    private Task Enter(IIncomingGrainCallContext context, Calling calling)
    {
        callers.Is(calling.Person is null && calling.IsInside ? CallerVerdict.Silo : calling.ByPerson);
        RequestContext.Remove(CallerContext.PersonKey);
        RequestContext.Remove(CallerContext.SiloKey);
        return context.Invoke() is { IsCompletedSuccessfully: false } entered ? Told(entered) : Task.CompletedTask;
    }

    // In words that the caller can act on, and that every process knows: the error of the database's own library is none.
    private async Task Told(Task entered)
    {
        try
        {
            await entered;
        }
        catch (Exception fault) when (fault is not DatabaseAwayException && DatabaseFault.IsIn(fault))
        {
            LogAway(fault);
            database.IsGone();
            throw new DatabaseAwayException();
        }
    }

    private async Task Refuse(IIncomingGrainCallContext context, CallRule? rule, Calling calling)
    {
        if (database.IsAway)
        {
            throw new DatabaseAwayException(); // a refusal has its entry in the trail, too
        }

        var deed = rule?.Name ?? $"{context.InterfaceName}/{context.MethodName}";
        await deeds.Refused(context, deed, calling.Caller, calling.Fault ?? (calling.Caller is null ? "nobody says who calls" : "not allowed to this caller"));
        throw new RecordingClusterException(ErrorKind.Denied, $"{deed} is not allowed to this caller. Sign in with a role that may do it.");
    }

    [LoggerMessage(1402, LogLevel.Warning, "A call met a database that does not answer, or takes nothing")]
    private partial void LogAway(Exception fault);
}

/// <summary>What stands behind a call.</summary>
/// <param name="ByPerson">The verdict on the person or service, if a token names one.</param>
/// <param name="ByInside">The verdict on the token that says that the cluster itself makes the call.</param>
internal readonly record struct Calling(CallerVerdict ByPerson, CallerVerdict ByInside)
{
    public Caller? Person => ByPerson.Caller;

    public bool IsInside => ByInside.Caller?.Has(Roles.Silo) == true;

    public Caller? Caller => Person ?? (IsInside ? GrainInterfaces.Callers.Caller.Silo : null);

    public string? Fault => ByPerson.Fault ?? ByInside.Fault;
}
