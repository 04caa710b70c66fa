// Most of a test is waiting: for programs to start and stop, for answers, for the absence of them. Each class has
// networks of its own, so two of them side by side take half as long; three would leave two cores no time to spare.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
