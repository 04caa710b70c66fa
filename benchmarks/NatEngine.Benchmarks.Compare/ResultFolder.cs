using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace NatEngine.Benchmarks.Compare;

/// <summary>Reads what BenchmarkDotNet's JSON exporters wrote.</summary>
internal static class ResultFolder
{
    /// <summary>Reads a file, or all <c>*.json</c> of a folder and the folders in it.</summary>
    /// <returns>The results by name. Where a benchmark stands in several files, the last one in their order
    /// counts.</returns>
    /// <exception cref="InvalidDataException">There is no such place, or it has no results; the message says
    /// which.</exception>
    public static IReadOnlyDictionary<string, BenchmarkResult> Read(string path)
    {
        string[] files = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [path];
        SortedDictionary<string, BenchmarkResult> results = new(StringComparer.Ordinal);
        foreach (string file in files)
        {
            foreach (BenchmarkResult result in ReadFile(file))
            {
                results[result.Name] = result;
            }
        }

        return results.Count > 0
            ? results
            : throw new InvalidDataException($"{path}: no results of BenchmarkDotNet's JSON exporter are here.");
    }

    private static List<BenchmarkResult> ReadFile(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            return [.. document.RootElement.GetProperty("Benchmarks").EnumerateArray()
                .Where(benchmark => benchmark.GetProperty("Statistics").ValueKind == JsonValueKind.Object)
                .Select(ResultOf)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file}: {error.Message}", error);
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"{file}: is not what BenchmarkDotNet's JSON exporter writes ({error.Message})", error);
        }
    }

    private static BenchmarkResult ResultOf(JsonElement benchmark)
    {
        JsonElement statistics = benchmark.GetProperty("Statistics");
        bool isCounted = benchmark.TryGetProperty("Memory", out JsonElement memory)
            && memory.ValueKind == JsonValueKind.Object
            && memory.TryGetProperty("BytesAllocatedPerOperation", out _);
        return new BenchmarkResult(
            benchmark.GetProperty("FullName").GetString() ?? throw new FormatException("A benchmark has no FullName."),
            statistics.GetProperty("Median").GetDouble(),
            statistics.GetProperty("Min").GetDouble(),
            MarginOf(statistics),
            isCounted ? AllocatedOf(memory) : null);
    }

    // A single iteration has no margin: it is written as text, NaN.
    private static double MarginOf(JsonElement statistics)
    {
        JsonElement margin = statistics.GetProperty("ConfidenceInterval").GetProperty("Margin");
        return margin.ValueKind == JsonValueKind.Number ? margin.GetDouble() : 0;
    }

    private static long? AllocatedOf(JsonElement memory)
    {
        JsonElement allocated = memory.GetProperty("BytesAllocatedPerOperation");
        return allocated.ValueKind == JsonValueKind.Number ? allocated.GetInt64() : null;
    }
}
