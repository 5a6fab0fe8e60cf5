using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Portal;

namespace RecordingCluster.Tests.Architecture;

/// <summary>Rules on the shape of the code that a compiler does not keep. Each names all offenders.</summary>
public sealed class ContractTests
{
    private static readonly Type[] Contracts =
        [.. typeof(Caller).Assembly.GetTypes().Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)) && type.Namespace!.StartsWith("RecordingCluster", StringComparison.Ordinal))];

    [Fact]
    public void Every_grain_method_names_who_may_call_it()
    {
        var silent = Contracts.SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<AllowedToAttribute>() is null or { Roles: Roles.None });

        Assert.Empty(silent.Select(method => $"{method.DeclaringType!.Name}.{method.Name}"));
        Assert.Equal(13, Contracts.Length);
    }

    [Fact]
    public void No_grain_method_takes_a_bare_guid_or_text_where_an_id_belongs()
    {
        var bare = Contracts.SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
            .Where(parameter => parameter.ParameterType == typeof(Guid) || parameter.ParameterType == typeof(string));

        Assert.Empty(bare.Select(parameter => $"{parameter.Member.DeclaringType!.Name}.{parameter.Member.Name}({parameter.Name})"));
    }

    [Fact]
    public void Grains_are_internal_and_sealed_and_called_as_their_interface()
    {
        var grains = typeof(Grains.GrainsRegistration).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Grain)) && !type.IsAbstract).ToList();

        Assert.Empty(grains.Where(type => type.IsPublic || !type.IsSealed || !Contracts.Any(contract => contract.Name == $"I{type.Name}" && type.IsAssignableTo(contract))).Select(type => type.FullName));
        Assert.Equal(Contracts.Length, grains.Count);
    }

    [Fact]
    public void Every_kind_of_error_has_a_status_of_its_own_or_is_the_servers_fault()
    {
        var statuses = Enum.GetValues<ErrorKind>().ToDictionary(kind => kind, ErrorStatus.Of);

        Assert.Equal(500, statuses[ErrorKind.DataLoss]);
        Assert.Equal(statuses.Count, statuses.Values.Distinct().Count());
    }

    [Fact]
    public void An_error_of_ours_survives_the_way_through_the_cluster_with_its_kind()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var sent = new RecordingClusterException(ErrorKind.Conflict, "Booking ref-1 exists. Book the other talk under a reference of its own.");

        var received = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(sent));

        Assert.Equal((sent.Kind, sent.Message), (Assert.IsType<RecordingClusterException>(received).Kind, received.Message));
    }

    [Fact]
    public void Every_line_of_the_log_has_a_number_of_its_own_to_be_found_by()
    {
        var numbers = new[] { typeof(Caller), typeof(Grains.GrainsRegistration), typeof(ErrorStatus) }
            .SelectMany(known => known.Assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (Method: $"{method.DeclaringType!.Name}.{method.Name}", Number: method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(line => line.Number is not null)
            .ToList();

        Assert.NotEmpty(numbers);
        Assert.Empty(numbers.GroupBy(line => line.Number).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(line => line.Method))}"));
    }
}
