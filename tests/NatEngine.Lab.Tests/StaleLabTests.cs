namespace NatEngine.Lab.Tests;

/// <summary>What a crash leaves behind. Alone: any lab that another test makes would remove it.</summary>
[Collection(AloneCollection.Name)]
public sealed class StaleLabTests
{
    [RootFact]
    public void A_killed_process_leaves_its_lab_until_the_next_one_removes_it()
    {
        using Victim victim = Victim.Start();
        victim.End(ProgramSignal.Kill);
        Assert.Contains(victim.Namespace, Namespaces.List());

        using Lab lab = Lab.Create("next");

        Assert.DoesNotContain(victim.Namespace, Namespaces.List());
    }
}
