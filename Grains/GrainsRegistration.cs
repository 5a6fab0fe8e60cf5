using Microsoft.Extensions.DependencyInjection;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Processing;

namespace RecordingCluster.Grains;

/// <summary>Puts the grains' own services and filters into a silo. The host adds the ports: capture, vault, tables, heads, pseudonyms, clock witness, verifier, plan and rules.</summary>
public static class GrainsRegistration
{
    public static ISiloBuilder AddRecordingGrains(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton(new CallRules(typeof(Caller).Assembly));
        silo.Services.AddSingleton<CurrentCaller>();
        silo.Services.AddSingleton<SiloCalls>();
        silo.Services.AddSingleton<SiteTrail>();
        silo.Services.AddSingleton<ProcessingLog>();
        silo.Services.AddSingleton<ProcessedDeeds>();
        silo.Services.AddSingleton<DeedLog>();
        silo.Services.AddSingleton<CallerSigner>();
        silo.AddIncomingGrainCallFilter<CallerFilter>();
        silo.AddOutgoingGrainCallFilter<InsideCalls>();
        return silo;
    }
}
