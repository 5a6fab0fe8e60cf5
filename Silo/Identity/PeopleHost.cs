using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RecordingCluster.Silo.Hosting;
using RecordingCluster.Silo.Storage;
using RecordingCluster.Silo.Vault;

namespace RecordingCluster.Silo.Identity;

/// <summary>Puts people, passkeys and sessions into the host.</summary>
internal static class PeopleHost
{
    // A challenge is answered while somebody looks for the key in a bag.
    private static readonly TimeSpan LongestCeremony = TimeSpan.FromMinutes(5);

    // ES256 in COSE. What people decide is signed by their keys and checked again later, by this algorithm alone.
    private const int Es256 = -7;

    public static void AddPeople(this IServiceCollection services, NetworkOptions network, string silo)
    {
        var portal = new PortalAddress(network.PortalName, network.PortalPort);
        services.AddSingleton(portal);
        services.AddSingleton(provider => PeopleKey.OpenOrMake(provider.GetRequiredService<VaultOptions>().KeyFolder));
        services.AddSingleton<PeopleSeal>();
        services.AddSingleton<PeopleTrail>();
        services.AddSingleton<AdministratorsRequests>();
        services.AddSingleton<BrokenSeals>();
        services.AddHostedService(provider => provider.GetRequiredService<BrokenSeals>());
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, PeopleStart>();
        services.AddSingleton<IPasskeyKeys, PasskeyKeys>();
        services.AddSingleton(provider => new DemoPasskey(portal, provider.GetRequiredService<TimeProvider>(), silo));
        services.AddDbContextPool<PeopleContext>((provider, options) => provider.GetRequiredService<Database>().Use(options));
        services.AddScoped<PeopleBook>();
        services.AddScoped<PeopleDesk>();
        services.AddScoped<KeyDesk>();
        services.AddScoped<DemoHands>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<IAuthorizationHandler, FreshSignIn.Handler>();
        AddPasskeys(services, portal);
        AddCookies(services);
    }

    private static void AddPasskeys(IServiceCollection services, PortalAddress portal)
    {
        services.AddHttpContextAccessor();
        services.AddIdentityCore<Person>().AddUserStore<PersonStore>().AddSignInManager();
        services.RemoveAll<IUserValidator<Person>>(); // it judges user names, and there are none
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ServerDomain = portal.Name;
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            passkeys.AuthenticatorTimeout = LongestCeremony;
            passkeys.IsAllowedAlgorithm = algorithm => algorithm == Es256;

            // The default compares with a header of the same request. This names the one origin that is ours.
            passkeys.ValidateOrigin = origin => ValueTask.FromResult(!origin.CrossOrigin && origin.Origin == portal.Origin);
        });
    }

    private static void AddCookies(IServiceCollection services)
    {
        // Sessions do not outlive the process, and neither does the key of their cookies: none of it is on disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, cookie =>
            {
                cookie.Cookie.Name = "portal";
                cookie.Cookie.IsEssential = true;
                cookie.ExpireTimeSpan = Sessions.Longest;
                cookie.SlidingExpiration = false; // the session itself knows when it was used last
                cookie.Events.OnValidatePrincipal = SessionCookie.Check;
            })
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie =>
            {
                // Here Identity keeps the challenge while the browser asks for the key.
                cookie.Cookie.Name = "passkey";
                cookie.Cookie.IsEssential = true;
                cookie.ExpireTimeSpan = LongestCeremony;
            });
    }
}
