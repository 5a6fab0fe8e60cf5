using RecordingCluster.GrainInterfaces.Callers;
using RecordingCluster.GrainInterfaces.Errors;
using RecordingCluster.Silo.Identity;

namespace RecordingCluster.Tests.Identity;

/// <summary>Whoever owns the database, and not the silo's key folder, makes no passkey and no role.</summary>
public sealed class SealTests : IDisposable
{
    private static readonly DateTimeOffset Nine = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly PeopleFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_the_silo_wrote_it_reads()
    {
        var written = await Make("camerabeheerder-1", Roles.CameraAdministrator, withLink: true);

        var read = await folder.Book().Find(written.Subject);

        Assert.NotNull(read);
        Assert.Equal((written.Label, written.Roles, written.Stamp, 1L, Nine), (read.Label, read.Roles, read.Stamp, read.Revision, read.MadeAt));
        Assert.Equal(written.Passkeys.Single().PublicKey, read.Passkeys.Single().PublicKey);
        Assert.Equal(written.Link!.ExpiresAt, read.Link!.ExpiresAt);
    }

    [Theory]
    [InlineData("UPDATE people SET roles = 16")]
    [InlineData("UPDATE people SET label = 'gemeentesecretaris-1'")]
    [InlineData("UPDATE people SET active = 0")]
    [InlineData("UPDATE people SET stamp = 'known'")]
    [InlineData("UPDATE people SET revision = 9")]
    [InlineData("UPDATE people SET made_at = 'yesterday'")]
    [InlineData("UPDATE people SET link_digest = x'00'")]
    [InlineData("UPDATE people SET link_code_digest = x'00'")]
    [InlineData("UPDATE people SET link_expires_at = '2099-01-01T00:00:00.0000000Z'")]
    [InlineData("UPDATE people SET link_digest = NULL, link_code_digest = NULL, link_expires_at = NULL")]
    [InlineData("UPDATE people SET seal = x'0000000000000000000000000000000000000000000000000000000000000000'")]
    [InlineData("UPDATE people SET seal = x''")]
    [InlineData("UPDATE people_passkeys SET public_key = x'00'")]
    [InlineData("UPDATE people_passkeys SET sign_count = 0")]
    [InlineData("UPDATE people_passkeys SET label = 'other'")]
    [InlineData("UPDATE people_passkeys SET backup_eligible = 1")]
    [InlineData("UPDATE people_passkeys SET added_at = '2020-01-01T00:00:00.0000000Z'")]
    [InlineData("DELETE FROM people_passkeys")]
    [InlineData("INSERT INTO people_passkeys SELECT x'77', subject, label, x'88', 1, '', 0, 0, added_at FROM people_passkeys")]
    public async Task A_row_that_was_changed_is_refused(string change)
    {
        var person = await Make("camerabeheerder-1", Roles.CameraAdministrator, withLink: true);

        folder.Owner(change);

        Assert.Null(await folder.Book().Find(person.Subject));
        Assert.Empty(await folder.Book().All());
        Assert.Null(await folder.Book().FindByKey(person.Passkeys.Single().CredentialId));
    }

    [Fact]
    public async Task A_change_to_one_row_breaks_nobody_elses()
    {
        var one = await Make("camerabeheerder-1", Roles.CameraAdministrator);
        var other = await Make("camerabeheerder-2", Roles.CameraAdministrator);

        folder.Owner($"UPDATE people SET roles = 16 WHERE subject = '{one.Subject}'");

        Assert.Equal([other.Subject], (await folder.Book().All()).Select(person => person.Subject));
    }

    [Fact]
    public async Task A_passkey_or_a_whole_row_does_not_move_to_another_subject()
    {
        var one = await Make("camerabeheerder-1", Roles.CameraAdministrator);
        var other = await Make("gemeentesecretaris-1", Roles.Secretary);

        folder.Owner($"UPDATE people_passkeys SET subject = '{other.Subject}' WHERE subject = '{one.Subject}'");
        folder.Owner($"INSERT INTO people SELECT 'usr_mine', label, roles, active, stamp, revision, made_at, NULL, NULL, NULL, seal FROM people WHERE subject = '{other.Subject}'");

        Assert.Empty(await folder.Book().All());
    }

    [Fact]
    public async Task An_older_row_is_refused_while_the_silo_that_saw_the_newer_one_runs()
    {
        var person = await Make("camerabeheerder-1", Roles.CameraAdministrator);
        folder.Owner("CREATE TABLE kept AS SELECT * FROM people");
        var book = folder.Book();
        var now = (await book.Find(person.Subject))!;
        now.Roles = Roles.None;
        await book.Save(now);

        folder.Owner("UPDATE people SET (roles, revision, seal) = (SELECT roles, revision, seal FROM kept)");
        var refused = await folder.Book().Find(person.Subject);
        folder.Seal = new PeopleSeal(folder.Key); // what PeopleSeal says it does not withstand
        var afterRestart = await folder.Book().Find(person.Subject);

        Assert.Null(refused);
        Assert.Equal(Roles.CameraAdministrator, afterRestart?.Roles);
    }

    [Fact]
    public async Task A_proposal_that_the_owner_of_the_database_wrote_is_none()
    {
        var proposal = new Proposal { Id = Guid.CreateVersion7(Nine), By = "usr_operator", Change = new PeopleChange.GiveRole("usr_x", Roles.Official), ExpiresAt = Nine + Proposal.Term };
        await folder.Book().Save(proposal);
        var whole = await folder.Book().OpenProposals(Nine);

        folder.Owner("""UPDATE people_proposals SET change = '{"$type":"give-role","Role":16,"Subject":"usr_x"}'""");
        var changed = await folder.Book().OpenProposals(Nine);
        folder.Owner("UPDATE people_proposals SET change = 'nonsense', phase = '{}', expires_at = 'never'");

        Assert.Single(whole);
        Assert.Empty(changed);
        Assert.Empty(await folder.Book().OpenProposals(Nine));
        Assert.Null(await folder.Book().FindProposal(proposal.Id));
    }

    [Fact]
    public async Task Of_two_who_write_the_same_row_one_hears_of_the_other()
    {
        var person = await Make("camerabeheerder-1", Roles.CameraAdministrator);
        var (first, second) = (folder.Book(), folder.Book());
        var (mine, theirs) = ((await first.Find(person.Subject))!, (await second.Find(person.Subject))!);

        await first.Save(mine);
        var late = await Assert.ThrowsAsync<RecordingClusterException>(() => second.Save(theirs));

        Assert.Equal(ErrorKind.Conflict, late.Kind);
        Assert.Equal(2, (await folder.Book().Find(person.Subject))!.Revision);
    }

    [Fact]
    public async Task Each_of_many_decisions_at_once_sees_what_the_one_before_it_wrote()
    {
        var person = await Make("camerabeheerder-1", Roles.CameraAdministrator);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Decide, TestContext.Current.CancellationToken)));

        Assert.Equal(9, (await folder.Book().Find(person.Subject))!.Revision);

        async Task Decide()
        {
            var book = folder.Book();
            await book.Alone(async () =>
            {
                await book.Save((await book.Find(person.Subject))!);
                return true;
            });
        }
    }

    [Fact]
    public void The_key_is_for_the_owner_alone_is_made_once_and_is_the_same_for_two_silos_that_start_at_once()
    {
        // Who comes first is chance, so it is tried often.
        for (var round = 0; round < 50; round++)
        {
            var keys = Path.Combine(folder.Keys, $"fresh-{round}");
            var opened = new PeopleKey[8];

            Parallel.For(0, opened.Length, i => opened[i] = PeopleKey.OpenOrMake(keys));

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(keys, "people")));
            Assert.Single(opened, key => key.IsNew);
            Assert.Single(opened.Select(key => Convert.ToHexString(key.Hmac("x"u8))).Distinct());
            Assert.Equal(["people"], Directory.EnumerateFiles(keys).Select(Path.GetFileName));
        }
    }

    [Fact]
    public void A_key_of_another_length_is_refused_and_left_as_it_is()
    {
        File.WriteAllBytes(Path.Combine(folder.Keys, "people"), new byte[31]);

        var refusal = Assert.Throws<RecordingClusterException>(() => PeopleKey.OpenOrMake(folder.Keys));

        Assert.Equal(ErrorKind.DataLoss, refusal.Kind);
        Assert.Equal(31, new FileInfo(Path.Combine(folder.Keys, "people")).Length);
    }

    [Fact]
    public async Task A_new_first_link_is_given_only_where_nobody_has_ever_enrolled_and_ends_the_older_one()
    {
        var first = await FirstLinks.Make(folder.Book(), folder.Key, Nine);
        folder.Key.KeepEnrolled(Roles.Secretary);
        folder.Owner($"DELETE FROM people WHERE roles = {(int)Roles.Secretary}");

        var second = await FirstLinks.Make(folder.Book(), folder.Key, Nine);

        Assert.Equal([Roles.Operator, Roles.Secretary, Roles.DataProtectionOfficer], first.Select(link => link.Person.Roles));
        Assert.Equal([Roles.Operator, Roles.DataProtectionOfficer], second.Select(link => link.Person.Roles));
        Assert.Null(await folder.Book().FindByLink(first[0].Token));
        Assert.Equal(first[0].Person.Subject, (await folder.Book().FindByLink(second[0].Token))?.Subject);
    }

    [Fact]
    public void A_link_opens_with_its_code_within_its_term()
    {
        var code = Secret.NewCode();
        var link = OneTimeLink.Of(Secret.New(), Secret.Digest(Secret.Tidy(code)), Nine);

        Assert.True(link.Opens(code, Nine));
        Assert.True(link.Opens(code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal), Nine + OneTimeLink.Term - TimeSpan.FromTicks(1)));
        Assert.False(link.Opens(code, Nine + OneTimeLink.Term));
        Assert.False(link.Opens(null, Nine));
        Assert.False(link.Opens(Secret.NewCode(), Nine));
    }

    private async Task<Person> Make(string label, Roles roles, bool withLink = false)
    {
        var person = Person.New(label, roles, Nine);
        person.Link = withLink ? OneTimeLink.Of(Secret.New(), Secret.Digest("code"), Nine) : null;
        person.Passkeys.Add(new Passkey { CredentialId = Guid.NewGuid().ToByteArray(), Subject = person.Subject, Label = "sleutel-1", PublicKey = [1, 2, 3], SignCount = 4, AddedAt = Nine });
        await folder.Book().Save(person);
        return person;
    }
}
