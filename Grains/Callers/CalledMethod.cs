using System.Reflection;
using Orleans.Serialization.Invocation;

namespace RecordingCluster.Grains.Callers;

/// <summary>The method that a call is really for.</summary>
internal static class CalledMethod
{
    /// <summary>
    /// A stream (<see cref="IAsyncEnumerable{T}"/>) arrives as a call of Orleans' own to start it, with the real call as an
    /// argument: that one is judged, or streaming would go round the rules.
    /// </summary>
    public static MethodInfo? Of(IIncomingGrainCallContext context) =>
        context.InterfaceMethod is { Name: nameof(IAsyncEnumerableGrainExtension.StartEnumeration) } start && start.DeclaringType == typeof(IAsyncEnumerableGrainExtension)
            ? Streamed(context.Request)?.GetMethod()
            : context.InterfaceMethod;

    private static IInvokable? Streamed(IInvokable start)
    {
        for (var i = 0; i < start.GetArgumentCount(); i++)
        {
            if (start.GetArgument(i) is IInvokable streamed)
            {
                return streamed;
            }
        }

        return null;
    }
}
