using Microsoft.Extensions.DependencyInjection;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Callers;

namespace RecordingCluster.Grains;

/// <summary>Puts the grains' own services and filters into a silo. The host adds the ports: capture, vault, trail table, verifier, plan and rules.</summary>
public static class GrainsRegistration
{
    public static ISiloBuilder AddRecordingGrains(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton(new CallRules(typeof(Caller).Assembly));
        silo.Services.AddSingleton<CurrentCaller>();
        silo.Services.AddSingleton<SiloCalls>();
        silo.Services.AddSingleton<SiteTrail>();
        silo.Services.AddSingleton<DeedLog>();
        silo.Services.AddSingleton<CallerSigner>();
        silo.AddIncomingGrainCallFilter<CallerFilter>();
        silo.AddOutgoingGrainCallFilter<InsideCalls>();
        return silo;
    }
}
