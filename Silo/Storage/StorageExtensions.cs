using Orleans.Serialization;
using RecordingCluster.Grains.Audit;
using RecordingCluster.Grains.Processing;
using RecordingCluster.Grains.Recordings;

namespace RecordingCluster.Silo.Storage;

/// <summary>Puts the database into a silo.</summary>
internal static class StorageExtensions
{
    /// <summary>Keeps grain state, reminders, membership and the audit trail in a database, which is opened when the silo starts.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="open">Opens it, made whole: whoever asks for it first does so, and no provider can come too early.</param>
    public static ISiloBuilder UseStorage(this ISiloBuilder silo, Func<Database> open)
    {
        silo.Services.AddSingleton(_ => open());
        silo.Services.AddSingleton<IAuditStore, AuditStore>();
        silo.Services.AddSingleton<IProcessingStore, ProcessingStore>();
        silo.Services.AddSingleton<IErasedRows, ErasedRows>();
        silo.Services.Configure<SystemTextJsonGrainStorageSerializerOptions>(options => StateJson.Configure(options.JsonSerializerOptions));

        return silo
            .UseSystemTextJsonGrainStorageSerializer()
            .AddAdoNetGrainStorageAsDefault(options => options.Configure<Database>((storage, database) =>
            {
                storage.Invariant = database.Invariant;
                storage.DataSource = database.Source;
                storage.DeleteStateOnClear = true;
            }))
            .UseAdoNetReminderService(options => options.Configure<Database>((reminders, database) =>
            {
                reminders.Invariant = database.Invariant;
                reminders.DataSource = database.Source;
            }))
            .UseAdoNetClustering(options => options.Configure<Database>((clustering, database) =>
            {
                clustering.Invariant = database.Invariant;
                clustering.DataSource = database.Source;
            }));
    }
}
