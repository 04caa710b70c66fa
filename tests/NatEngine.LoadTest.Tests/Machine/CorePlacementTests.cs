using NatEngine.LoadTest.Machine;

namespace NatEngine.LoadTest.Tests.Machine;

public sealed class CorePlacementTests
{
    [Theory]
    [InlineData(1, "0,0,0")]
    [InlineData(2, "0,1,0")]
    [InlineData(3, "0,1,2")]
    [InlineData(64, "0,1,2")]
    public void The_system_has_a_processor_to_itself_if_there_are_two(int processors, string expected)
        => Assert.Equal(expected, CorePlacement.For(processors).ToString());

    [Fact]
    public void What_is_written_is_read_again()
        => Assert.Equal(new CorePlacement(3, 1, 2), CorePlacement.Parse(new CorePlacement(3, 1, 2).ToString(), 4));

    [Fact]
    public void A_program_may_be_given_several_processors()
        => Assert.Equal("3,1", CorePlacement.List(CorePlacement.ParseList("--engine-cores", "3,1", 4)));

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("1,1")]
    [InlineData("0-3")]
    public void Refuses_what_are_no_processors(string text)
        => Assert.Contains(
            $"--engine-cores '{text}'",
            Assert.Throws<BadInputException>(() => CorePlacement.ParseList("--engine-cores", text, 4)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("0,1")]
    [InlineData("0,1,2,3")]
    [InlineData("0,1,4")]
    [InlineData("0,-1,1")]
    [InlineData("0,one,1")]
    public void Refuses_what_are_not_three_processors(string text)
        => Assert.Contains("0 to 3", Assert.Throws<BadInputException>(() => CorePlacement.Parse(text, 4)).Message);
}
