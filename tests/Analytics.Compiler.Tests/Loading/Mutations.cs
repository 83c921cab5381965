using System.Text;

namespace Analytics.Compiler.Tests.Loading;

/// <summary>Damaged copies of a text, the same ones each time.</summary>
internal static class Mutations
{
    private const string Alphabet = "{}[]()\"'`,:;-?&*!|>%@#\\\t\r\n +=<~.0aeé\0\uFEFF\u2028\uD83D\uDE00$_";

    public static IEnumerable<string> Of(string text, int count)
    {
        // xorshift32: the same on every runtime.
        var state = 2463534242u;
        int Next(int below)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            return (int)(state % (uint)below);
        }

        for (var i = 0; i < count; i++)
        {
            var damaged = new StringBuilder(text);
            for (var times = 1 + Next(4); times > 0; times--)
            {
                var at = Next(damaged.Length + 1);
                var length = Math.Min(Next(6), damaged.Length - at);
                switch (Next(4))
                {
                    case 0:
                        damaged.Remove(at, length);
                        break;
                    case 1:
                        damaged.Insert(at, Alphabet[Next(Alphabet.Length)]);
                        break;
                    case 2:
                        damaged.Insert(Next(damaged.Length + 1), damaged.ToString(at, length));
                        break;
                    default:
                        damaged.Length = Next(8) == 0 ? at : damaged.Length;
                        damaged.Insert(Math.Min(at, damaged.Length), Alphabet[Next(Alphabet.Length)]);
                        break;
                }
            }

            yield return damaged.ToString();
        }
    }
}
