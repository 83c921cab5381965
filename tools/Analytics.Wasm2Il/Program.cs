using System.Security.Cryptography;
using Analytics.Wasm2Il.Translation;

// analytics-wasm2il <module.wasm> <module.js> <reference folder> <sha256 of the module> <output.dll> [--bounds-checks]
const int RequiredArguments = 5;
if (args.Length < RequiredArguments)
{
    Console.Error.WriteLine(
        "wasm2il : error : Expected: module.wasm module.js references sha256 output.dll [--bounds-checks]"
    );
    return 1;
}

var (modulePath, scriptPath, references, expectedHash, outputPath) = (args[0], args[1], args[2], args[3], args[4]);
try
{
    var wasm = File.ReadAllBytes(modulePath);
    var hash = Convert.ToHexStringLower(SHA256.HashData(wasm));
    if (!string.Equals(hash, expectedHash, StringComparison.OrdinalIgnoreCase))
    {
        Console.Error.WriteLine(
            $"{modulePath} : error : The SHA-256 of the module is {hash}, expected {expectedHash}. "
                + "A new module needs a look at the host's methods and at the stack pointer before its hash is accepted."
        );
        return 1;
    }

    var options = new TranslationOptions(
        Path.GetFileNameWithoutExtension(outputPath),
        StackPointerGlobal: 0,
        BoundsChecks: args.Contains("--bounds-checks", StringComparer.Ordinal)
    );
    var image = ModuleTranslator.Translate(wasm, File.ReadAllText(scriptPath), references, options);
    File.WriteAllBytes(outputPath, image);
    return 0;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine($"{modulePath} : error : {exception.Message}");
    return 1;
}
