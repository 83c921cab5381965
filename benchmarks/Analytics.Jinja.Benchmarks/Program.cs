using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Analytics.Jinja;
using Analytics.Jinja.Benchmarks;
using Analytics.Text;

// Usage: dotnet run -c Release --project benchmarks/Analytics.Jinja.Benchmarks [number of models]
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
return new Benchmark(count).Run();

namespace Analytics.Jinja.Benchmarks
{
    /// <summary>Renders dbt-like models, then the same pure templates with this engine and with Python's Jinja2.</summary>
    internal sealed class Benchmark(int count)
    {
        private const int Rounds = 5;
        private const int PureCount = 100;
        private const int Repeat = 50;
        private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

        public int Run()
        {
            var scope = new DbtScope();
            var models = Parse(count, Models.Dbt, out var parsing);
            Check(models, scope);
            var (seconds, bytes) = Measure(models, scope);
            Console.WriteLine($"parse   {count} models: {parsing:0.000} s CPU");
            Console.WriteLine(
                $"render  {count} models: {seconds:0.000} s CPU, {bytes / count:0} bytes allocated per model"
            );

            Console.WriteLine(
                $"threads {Environment.ProcessorCount}: {Wall(models, scope, 1) / Wall(models, scope, Environment.ProcessorCount):0.00} times one thread's throughput"
            );

            // Few enough to stay in the cache of either engine: this compares evaluation, not memory.
            var pure = Parse(PureCount, Models.Pure, out _);
            var outputs = Array.ConvertAll(pure, t => Render(t, new PureScope()));
            var ours = Measure(pure, new PureScope(), Repeat).Seconds;
            Console.WriteLine($"render  {PureCount} pure templates: {ours:0.00000} s CPU");
            return ComparePython(outputs, ours);
        }

        private static Template[] Parse(int count, Func<int, string> text, out double seconds)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var templates = new Template[count];
            for (var i = 0; i < count; i++)
            {
                templates[i] = Template.Parse(new SourceFile($"models/model_{i}.sql", text(i)));
            }

            seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            return templates;
        }

        // A benchmark of wrong output measures nothing.
        private static void Check(Template[] models, DbtScope scope)
        {
            var plain = Render(models[1], scope);
            var pivoted = Render(models[2], scope);
            Expect(plain, "select * from \"db\".\"staging\".\"stg_orders_1\"");
            Expect(plain, "EUR as currency");
            Expect(pivoted, "sum(case when payments.status = 'In Progress' then 1 else 0 end) as n_in_progress,");
            Expect(pivoted, "(payments.amount / 100)::numeric(16, 2) as amount");
            Expect(pivoted, "where payments.paid_at is not null");
        }

        private static void Expect(string output, string part)
        {
            if (!output.Contains(part, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"'{part}' is missing in:\n{output}");
            }
        }

        private static string Render(Template template, IGlobalScope scope) =>
            new RenderContext(scope).Render(template).Text;

        // The best of some rounds, because the machine has other work too, after the JIT has had its time.
        private static (double Seconds, double Bytes) Measure(Template[] templates, IGlobalScope scope, int repeat = 1)
        {
            var best = double.MaxValue;
            double bytes = 0;
            var length = 0L;
            var warm = Stopwatch.StartNew();
            for (var round = 0; round <= Rounds; round += warm.Elapsed > WarmUp ? 1 : 0)
            {
                var allocated = GC.GetTotalAllocatedBytes(precise: true);
                var before = Process.GetCurrentProcess().TotalProcessorTime;
                for (var i = 0; i < repeat; i++)
                {
                    foreach (var template in templates)
                    {
                        length += Render(template, scope).Length;
                    }
                }

                var seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds / repeat;
                bytes = (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / repeat;
                best = round == 0 ? best : Math.Min(best, seconds);
            }

            return length > 0 ? (best, bytes) : throw new InvalidOperationException("Nothing was rendered.");
        }

        // Time on the clock: what several threads win, and whether they wait for each other.
        private static double Wall(Template[] templates, IGlobalScope scope, int threads)
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
            var best = double.MaxValue;
            for (var round = 0; round < Rounds * 4; round++)
            {
                var watch = Stopwatch.StartNew();
                Parallel.ForEach(templates, options, template => Render(template, scope));
                best = Math.Min(best, watch.Elapsed.TotalSeconds);
            }

            return best;
        }

        private static int ComparePython(string[] outputs, double ours)
        {
            var folder = Directory.CreateTempSubdirectory("jinja-benchmark");
            try
            {
                var templates = Path.Combine(folder.FullName, "templates.json");
                var rendered = Path.Combine(folder.FullName, "outputs.json");
                File.WriteAllText(
                    templates,
                    JsonSerializer.Serialize(Enumerable.Range(0, outputs.Length).Select(Models.Pure))
                );
                var script = Path.Combine(AppContext.BaseDirectory, "render.py");
                var start = new ProcessStartInfo("/usr/bin/python3", [script, templates, rendered])
                {
                    RedirectStandardOutput = true,
                };
                using var process = Process.Start(start)!;
                var text = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode != 0)
                {
                    Console.WriteLine("Python's Jinja2 is not installed (Debian: apt-get install python3-jinja2)");
                    return 1;
                }

                var theirs = JsonSerializer.Deserialize<string[]>(File.ReadAllText(rendered))!;
                var different = outputs.Zip(theirs).Count(p => p.First != p.Second);
                if (different > 0)
                {
                    Console.WriteLine($"{different} outputs differ from Jinja2's");
                    return 1;
                }

                var seconds = double.Parse(text, CultureInfo.InvariantCulture);
                Console.WriteLine($"Jinja2  {outputs.Length} pure templates: {seconds:0.00000} s CPU, same outputs");
                Console.WriteLine($"ratio   {seconds / ours:0.0} times Jinja2's throughput");
                return 0;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }
}
