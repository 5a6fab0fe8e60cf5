using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RecordingCluster.Silo.Storage;

/// <summary>How grain state is written: JSON without any .NET type name, so that types may be renamed and moved.</summary>
internal static class StateJson
{
    /// <summary>
    /// Names the case of a closed family, as in <c>{"is":"capturing","room":"room-1"}</c>. The cases are those that the
    /// family lists by <see cref="JsonDerivedTypeAttribute"/>; what is not listed is neither written nor read.
    /// </summary>
    private const string CaseProperty = "is";

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;

        // What a record works out from its facts is not a fact.
        options.IgnoreReadOnlyProperties = true;

        // A state from which a fact is missing must fail to load rather than load with a null or a zero in its place.
        // A fact that is added later gets a default value in the record's constructor.
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;

        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameTheCase } };
        return options;
    }

    private static void NameTheCase(JsonTypeInfo type)
    {
        if (type.PolymorphismOptions is { } family)
        {
            family.TypeDiscriminatorPropertyName = CaseProperty;
        }
    }
}
