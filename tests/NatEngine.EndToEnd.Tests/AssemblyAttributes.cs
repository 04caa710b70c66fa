// Each test has the machine's two cores to itself: traffic of one must not starve another's programs of time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
