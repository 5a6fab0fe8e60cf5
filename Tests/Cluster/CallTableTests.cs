using System.Reflection;
using RecordingCluster.GrainInterfaces.Audit;
using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Tests.Architecture;

namespace RecordingCluster.Tests.Cluster;

/// <summary>Each operation called as each role and as nobody: allowed and refused exactly as the approved table says (R15).</summary>
public sealed class CallTableTests
{
    [Fact]
    public void The_table_of_operations_and_roles_is_the_approved_one() => Approved.Equal("grain-rules", CallTable.Write());

    [Fact]
    public async Task Every_operation_lets_in_whom_the_table_names_and_refuses_everyone_else_with_one_line_in_the_trail()
    {
        await using var cluster = await TestCluster.Start();
        var table = Approved.Read("grain-rules").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(words => words[0], words => words[2..]);
        var wrong = new List<string>();
        var refused = 0;
        foreach (var method in CallTable.Methods)
        {
            var allowed = table[CallTable.NameOf(method)];
            foreach (var caller in CallTable.Callers.Append(Caller.Silo).Append(null))
            {
                var expected = caller is not null && allowed.Intersect(CallerToken.NamesOf(caller.Roles)).Any();
                refused += expected ? 0 : 1;
                if (await IsLetIn(cluster, method, caller) != expected)
                {
                    wrong.Add($"{CallTable.NameOf(method)} as {caller?.ToString() ?? "nobody"} should be {(expected ? "let in" : "refused")}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(refused, await Refusals(cluster));
        Assert.Equal(CallTable.Methods.Length, table.Count);
    }

    private static async Task<bool> IsLetIn(TestCluster cluster, MethodInfo method, Caller? caller)
    {
        using var _ = caller is null ? null : TestCluster.As(caller);
        try
        {
            await CallSamples.Call(cluster.Client, method);
            return true;
        }
        catch (RecordingClusterException denied) when (denied.Kind == ErrorKind.Denied)
        {
            return false;
        }
        catch (Exception)
        {
            // Let in, and then told that the sample makes no sense to the grain.
            return true;
        }
    }

    // Counted from the table itself: what was let in and refused by the grain has an opening entry, and is no refusal of this kind.
    private static async Task<int> Refusals(TestCluster cluster)
    {
        using var _ = TestCluster.As(TestCluster.Officer);
        var count = 0;
        for (var from = 1L; ; from += 1000)
        {
            var entries = await cluster.Client.GetGrain<IAuditTrailGrain>(TestCluster.Site.Value).Read(from, 1000);
            count += entries.Count(entry => entry is { Result: AuditResult.Refused, Opening: null });
            if (entries.Length < 1000)
            {
                return count;
            }
        }
    }
}
