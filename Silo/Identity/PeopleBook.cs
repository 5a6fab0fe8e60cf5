using System.Data;
using Microsoft.EntityFrameworkCore;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Grains.Away;
using RecordingCluster.Silo.Storage;

namespace RecordingCluster.Silo.Identity;

/// <summary>Reads and writes people and proposals. The only place that does: nothing leaves it whose seal does not hold.</summary>
internal sealed class PeopleBook(PeopleContext tables, Database database, PeopleSeal seal, BrokenSeals broken)
{
    private readonly List<Person> written = [];

    /// <summary>Null when there is no such person, or when the row is not what the silo wrote.</summary>
    public Task<Person?> Find(string subject) => Checked(() => tables.People.FirstOrDefaultAsync(person => person.Subject == subject));

    public Task<Person?> FindByLink(string token)
    {
        var digest = Secret.Digest(token);
        return Checked(() => tables.People.FirstOrDefaultAsync(person => person.Link!.Digest == digest));
    }

    public Task<Person?> FindByKey(byte[] credentialId) =>
        Checked(() => tables.People.FirstOrDefaultAsync(person => person.Passkeys.Any(key => key.CredentialId == credentialId)));

    public async Task<List<Person>> All()
    {
        var people = new List<Person>();
        foreach (var row in await tables.People.OrderBy(person => person.Subject).ToListAsync())
        {
            if (await Checked(() => Task.FromResult<Person?>(row)) is { } person)
            {
                people.Add(person);
            }
        }

        return people;
    }

    public async Task<bool> IsEmpty() => !await tables.People.AnyAsync();

    /// <summary>Proposals that nobody decided on yet, the oldest first.</summary>
    public async Task<List<Proposal>> OpenProposals(DateTimeOffset now) =>
        [.. (await tables.Proposals.ToListAsync()).Where(Holds).Where(proposal => proposal.Phase is ProposalPhase.Open && now < proposal.ExpiresAt).OrderBy(proposal => proposal.ExpiresAt)];

    public async Task<Proposal?> FindProposal(Guid id) =>
        await tables.Proposals.FirstOrDefaultAsync(proposal => proposal.Id == id) is { } proposal && Holds(proposal) ? proposal : null;

    /// <summary>Writes a person, new or changed.</summary>
    /// <exception cref="RecordingClusterException">Conflict: somebody else changed the row meanwhile; nothing was written.</exception>
    public async Task Save(Person person)
    {
        if (tables.Entry(person).State == EntityState.Detached)
        {
            tables.Add(person);
        }

        person.Revision++;
        seal.Close(person);
        await Save();
        written.Add(person);
        SawIfCommitted();
    }

    /// <summary>Writes a proposal, new or changed.</summary>
    /// <exception cref="RecordingClusterException">Conflict: somebody else changed the row meanwhile; nothing was written.</exception>
    public async Task Save(Proposal proposal)
    {
        if (tables.Entry(proposal).State == EntityState.Detached)
        {
            tables.Add(proposal);
        }

        seal.Close(proposal);
        await Save();
    }

    /// <summary>
    /// Runs a decision alone: what it reads does not change until what it writes is there, in any silo. Do not touch the
    /// trail in it, which is in the same database and would wait for it.
    /// </summary>
    public async Task<T> Alone<T>(Func<Task<T>> decide)
    {
        tables.ChangeTracker.Clear();
        await using var transaction = await tables.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        if (database.Sql.LockPeople is { } alone)
        {
            await tables.Database.ExecuteSqlRawAsync(alone);
        }

        var answer = await decide();
        await transaction.CommitAsync();
        await transaction.DisposeAsync();
        SawIfCommitted();
        return answer;
    }

    private async Task Save()
    {
        try
        {
            await tables.SaveChangesAsync();
        }
        catch (DbUpdateException fault) when (!DatabaseFault.IsIn(fault))
        {
            // What was not written must not be answered from memory either.
            tables.ChangeTracker.Clear();
            throw new RecordingClusterException(ErrorKind.Conflict, "Somebody else changed the same person or proposal meanwhile. Load the page again.", fault);
        }
    }

    private void SawIfCommitted()
    {
        if (tables.Database.CurrentTransaction is null)
        {
            written.ForEach(seal.Saw);
            written.Clear();
        }
    }

    private async Task<Person?> Checked(Func<Task<Person?>> read)
    {
        if (await read() is not { } person)
        {
            return null;
        }

        if (!seal.Holds(person))
        {
            return Refuse(person, BrokenSeal.Changed);
        }

        if (seal.IsOld(person))
        {
            // A newer row may have been committed between reading this one and asking: then it is there now.
            tables.ChangeTracker.Clear();
            var again = await tables.People.FirstOrDefaultAsync(row => row.Subject == person.Subject);
            if (again is null || !seal.Holds(again) || seal.IsOld(again))
            {
                return Refuse(person, BrokenSeal.PutBack);
            }

            person = again;
        }

        if (tables.Database.CurrentTransaction is null)
        {
            seal.Saw(person);
        }

        return person;
    }

    private Person? Refuse(Person person, BrokenSeal how)
    {
        tables.ChangeTracker.Clear();
        broken.Found(person.Subject, how);
        return null;
    }

    private bool Holds(Proposal proposal)
    {
        if (seal.Holds(proposal))
        {
            return true;
        }

        tables.Entry(proposal).State = EntityState.Detached;
        broken.Found($"proposal {proposal.Id:N}", BrokenSeal.Changed);
        return false;
    }
}
