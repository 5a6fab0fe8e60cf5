using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace RecordingCluster.Silo.Identity;

/// <summary>For deciding and looking: the passkey was shown within the last minutes (<see cref="Sessions.Fresh"/>).</summary>
internal static class FreshSignIn
{
    /// <summary>The type by which a page knows to ask for the passkey again and repeat the request.</summary>
    public const string ProblemType = "/problems/fresh-sign-in";

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

    /// <summary>Says what is missing where nothing else is: who has not the role hears that, and is not asked for the key.</summary>
    public sealed class Answer : IAuthorizationMiddlewareResultHandler
    {
        private readonly AuthorizationMiddlewareResultHandler usual = new();

        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
            authorizeResult is { Forbidden: true, AuthorizationFailure.FailedRequirements: var failed } && failed.Any() && failed.All(requirement => requirement is Requirement)
                ? Results.Problem(type: ProblemType, statusCode: StatusCodes.Status401Unauthorized, title: "FreshSignIn", detail: "Meld u opnieuw aan met uw sleutel om dit te doen.").ExecuteAsync(context)
                : usual.HandleAsync(next, context, policy, authorizeResult);
    }
}
