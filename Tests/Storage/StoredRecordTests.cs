using System.Reflection;
using System.Text.Json.Serialization;

namespace RecordingCluster.Tests.Storage;

/// <summary>What grains store must load again: a fact that is not there is not written, so its place in the constructor needs a default, or it is told to be written.</summary>
public sealed class StoredRecordTests
{
    [Fact]
    public void Every_fact_that_may_be_missing_from_a_stored_record_has_a_default()
    {
        var stored = new HashSet<Type>();
        foreach (var state in typeof(Grains.GrainsRegistration).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Grain)))
            .SelectMany(grain => grain.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(made => made.GetParameters()))
            .Select(parameter => parameter.ParameterType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IPersistentState<>)))
        {
            Walk(state.GetGenericArguments()[0], stored);
        }

        var nullability = new NullabilityInfoContext();
        var strict = stored.SelectMany(type => type.GetConstructors()).SelectMany(made => made.GetParameters())
            .Where(parameter => nullability.Create(parameter).WriteState == NullabilityState.Nullable && !parameter.HasDefaultValue
                && parameter.Member.DeclaringType!.GetProperty(parameter.Name!)?.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition != JsonIgnoreCondition.Never);

        Assert.Contains(stored, type => type.Name == "Talking");
        Assert.Empty(strict.Select(parameter => $"{parameter.Member.DeclaringType!.Name}.{parameter.Name}"));
    }

    private static void Walk(Type type, HashSet<Type> known)
    {
        if (type.IsGenericType)
        {
            Array.ForEach(type.GetGenericArguments(), argument => Walk(argument, known));
        }

        if (type.Namespace?.StartsWith("RecordingCluster", StringComparison.Ordinal) == true && known.Add(type))
        {
            foreach (var part in type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(derived => derived.DerivedType).Concat(type.GetProperties().Where(Stored).Select(property => property.PropertyType)))
            {
                Walk(part, known);
            }
        }
    }

    // What a record works out from its facts is not stored.
    private static bool Stored(PropertyInfo property) => property.CanWrite;
}
