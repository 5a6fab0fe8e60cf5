using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Placement;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Away;
using RecordingCluster.Grains.Callers;
using RecordingCluster.Grains.Cameras;
using RecordingCluster.Grains.Placement;
using RecordingCluster.Grains.Processing;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Grains;

/// <summary>Puts the grains' own services and filters into a silo. The host adds the ports: capture, vault, tables, heads, pseudonyms, clock witness, verifier, plan and rules.</summary>
public static class GrainsRegistration
{
    public static ISiloBuilder AddRecordingGrains(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton(new CallRules(typeof(Caller).Assembly));
        silo.Services.AddSingleton<GrainKeys>();
        silo.Services.AddSingleton<CurrentCaller>();
        silo.Services.AddSingleton<SiloCalls>();
        silo.Services.AddSingleton<DatabasePresence>();
        silo.Services.TryAddSingleton<ISiloJournal, NoJournal>();
        silo.Services.AddSingleton<Journals>();
        silo.Services.AddSingleton<AwayDeeds>();
        silo.Services.AddSingleton<SiteTrail>();
        silo.Services.AddSingleton<ProcessingLog>();
        silo.Services.AddSingleton<ProcessedDeeds>();
        silo.Services.AddSingleton<DeedLog>();
        silo.Services.AddSingleton<CallerSigner>();
        silo.Services.AddSingleton<VaultSpaces>();
        silo.Services.TryAddSingleton<ISiloPlaces, OneSilo>();
        silo.Services.AddPlacementFilter<WhereItWorks, WhereItWorks.Director>(ServiceLifetime.Singleton);
        silo.Services.AddSingleton<IVault, Vaults>();
        silo.Services.AddSingleton<Recorders>();
        silo.AddIncomingGrainCallFilter<CallerFilter>();
        silo.AddOutgoingGrainCallFilter<InsideCalls>();
        return silo;
    }
}
