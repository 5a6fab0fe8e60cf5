using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using RecordingCluster.Silo.Portal;

namespace RecordingCluster.Silo.Identity;

/// <summary>For deciding and looking: the passkey was shown within the last minutes (<see cref="Sessions.Fresh"/>).</summary>
internal static class FreshSignIn
{
    /// <summary>The type by which a page knows to ask for the passkey again and repeat the request.</summary>
    public const string ProblemType = Problem.Types + Name;

    private const string Name = "fresh-sign-in";

    /// <summary>A session that is not fresh gets 401 with <see cref="ProblemType"/>.</summary>
    public static TBuilder RequireFreshSignIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder =>
        route.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new Requirement()));

    public sealed class Requirement : IAuthorizationRequirement;

    public sealed class Handler(IHttpContextAccessor accessor) : AuthorizationHandler<Requirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
        {
            if (accessor.HttpContext?.IsFresh() == true)
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>Whether nothing but that is missing: who has not the role hears that, and is not asked for the key.</summary>
    public static bool IsAllThatIsMissing(PolicyAuthorizationResult result) =>
        result.AuthorizationFailure?.FailedRequirements is { } failed && failed.Any() && failed.All(requirement => requirement is Requirement);

    public static Problem Answer => new(StatusCodes.Status401Unauthorized, Name, "The passkey was not shown moments ago.", new { detail = "Meld u opnieuw aan met uw sleutel om dit te doen." });
}
