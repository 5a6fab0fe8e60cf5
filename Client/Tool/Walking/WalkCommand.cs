using System.CommandLine;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RecordingCluster.Client;
using RecordingCluster.GrainInterfaces.Certificates;
using Spectre.Console;

namespace RecordingCluster.Tool.Walking;

/// <summary><c>walk</c>: takes the way of one recording on both cameras at the same time.</summary>
internal static class WalkCommand
{
    private const int RoomsWithCamera = 2;

    private static readonly TimeSpan ConnectWait = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var portal = new Option<string>("--portal") { Description = "Where the portal answers.", DefaultValueFactory = _ => "https://localhost:8080" };
        var gateway = new Option<string>("--gateway") { Description = "Where grains are called, as address:port.", DefaultValueFactory = _ => "127.0.0.1:30000" };
        var certificates = new Option<string>("--certificates") { Description = "A folder with ca.crt, ca.crl, room-booking.crt and room-booking.key.", DefaultValueFactory = _ => "data/certificates" };
        var cameras = new Option<string[]>("--camera") { Description = "A camera's id and address for the report, without secrets: 'camera-1 rtsp://…'." };
        var seconds = new Option<double>("--seconds") { Description = "How long each talk is recorded.", DefaultValueFactory = _ => 20 };
        var retention = new Option<double>("--retention") { Description = "How many seconds a recording is kept, by the regulation that the walk brings into force.", DefaultValueFactory = _ => 75 };
        var afterwards = new Option<double>("--afterwards") { Description = "How many seconds recordings are kept once the walk is over, so that there is time to try it by hand; 0 leaves it.", DefaultValueFactory = _ => 0 };
        var silos = new Option<string[]>("--silo") { Description = "The address of a silo's portal, where several have one name; the first records the first camera, and so on." };
        var vaults = new Option<string[]>("--vault") { Description = "A vault's folder, to look for leftovers." };
        var report = new Option<string?>("--report") { Description = "Where the report goes, as JSON." };
        var viewing = new Option<string?>("--viewing") { Description = "A folder for what the player received." };
        var command = new Command("walk", "Walks the way of one recording on both cameras: booked, recorded, sealed, asked for, approved, looked at, erased.")
        {
            portal, gateway, certificates, cameras, seconds, retention, afterwards, silos, vaults, report, viewing,
        };
        command.SetAction(parsed => Run(new WalkOptions(
            new Uri(parsed.GetRequiredValue(portal)),
            IPEndPoint.Parse(parsed.GetRequiredValue(gateway)),
            parsed.GetRequiredValue(certificates),
            parsed.GetValue(cameras) ?? [],
            TimeSpan.FromSeconds(parsed.GetRequiredValue(seconds)),
            TimeSpan.FromSeconds(parsed.GetRequiredValue(retention)),
            TimeSpan.FromSeconds(parsed.GetRequiredValue(afterwards)),
            [.. (parsed.GetValue(silos) ?? []).Select(IPAddress.Parse)],
            parsed.GetValue(vaults) ?? [],
            parsed.GetValue(report),
            parsed.GetValue(viewing))));
        return command;
    }

    private static async Task<int> Run(WalkOptions options)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddRecordingCluster(cluster =>
        {
            cluster.Gateways.Add(options.Gateway);
            cluster.Certificates = CertificateFiles.In(options.Certificates, "room-booking");
        });
        using var host = builder.Build();
        using (var patience = new CancellationTokenSource(ConnectWait))
        {
            await host.StartAsync(patience.Token);
        }

        var clock = TimeProvider.System;
        var steps = new WalkSteps(clock);
        var cluster = host.Services.GetRequiredService<IClusterClient>();
        var rooms = host.Services.GetRequiredService<RoomBooking>();
        var people = new List<People>();
        foreach (var silo in options.Silos.DefaultIfEmpty())
        {
            people.Add(await People.SignIn(options.Portal, options.Certificates, silo));
        }
        var regulation = new RegulationWalk(people[0], options.Retention, clock);
        var walks = Enumerable.Range(0, RoomsWithCamera).Select(number => new Walk(number, options, steps, cluster, rooms, people, clock)).ToList();
        var booked = walks.ConvertAll(_ => new TaskCompletionSource());
        var allBooked = Task.WhenAll(booked.Select(one => one.Task));
        var held = await Holds(() => steps.Take("regulated: a version comes into force with advice and consent (R17)", regulation.Take))
            ? await Task.WhenAll(walks.Select((walk, number) => Holds(() => walk.Take(allBooked, booked[number]))))
            : [false];

        var report = new WalkReport(steps.Taken, walks.ConvertAll(walk => walk.Result));
        if (options.Report is { } file)
        {
            report.Write(file);
        }

        var all = held.All(one => one);
        if (options.Afterwards > TimeSpan.Zero)
        {
            all &= await Holds(() => steps.Take("left: from now on a recording is kept for as long as trying it by hand takes", new RegulationWalk(people[0], options.Afterwards, clock).Take));
        }

        AnsiConsole.MarkupLine(all ? "[green]Every step held.[/]" : "[red]A step did not hold.[/]");
        people.ForEach(one => one.Dispose());
        await host.StopAsync();
        return all ? 0 : 1;
    }

    private static async Task<bool> Holds(Func<Task> way)
    {
        try
        {
            await way();
            return true;
        }
        catch (StepFailedException)
        {
            return false;
        }
    }
}
