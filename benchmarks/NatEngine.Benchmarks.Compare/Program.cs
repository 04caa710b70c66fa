using System;
using NatEngine.Benchmarks.Compare;

return CompareCommand.Run(args, Console.Out, Console.Error);
