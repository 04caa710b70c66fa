// hidden
class visible1 /* hidden
hidden */ { /// hidden
    string visible2 = "hidden \" hidden";
    string visible3 = @"hidden \"; string visible4 = @"hidden "" hidden
hidden";
    char visible5 = '"'; char visible6 = '\'';
    string visible7 = $"hidden {0} hidden";
    string visible8 = """
        hidden " hidden "" hidden
        """;
    string visible9 = """" hidden """ hidden """";
}
