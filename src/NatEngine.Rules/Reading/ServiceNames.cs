using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using NatEngine.Packets;

namespace NatEngine.Rules.Reading;

/// <summary>Ports by the names of their services (services(5)).</summary>
internal sealed class ServiceNames
{
    private const string MachineFile = "/etc/services";

    // Those that rules name most, for a machine that does not have the file.
    private const string Usual = """
        ftp-data 20/tcp
        ftp 21/tcp
        ssh 22/tcp
        telnet 23/tcp
        smtp 25/tcp mail
        domain 53/tcp
        domain 53/udp
        bootps 67/udp
        bootpc 68/udp
        tftp 69/udp
        http 80/tcp www
        kerberos 88/tcp
        kerberos 88/udp
        pop3 110/tcp pop-3
        ntp 123/udp
        imap2 143/tcp imap
        snmp 161/udp
        ldap 389/tcp
        https 443/tcp
        https 443/udp
        microsoft-ds 445/tcp
        isakmp 500/udp
        syslog 514/udp
        submission 587/tcp
        ldaps 636/tcp
        imaps 993/tcp
        pop3s 995/tcp
        openvpn 1194/udp
        mysql 3306/tcp
        postgresql 5432/tcp postgres
        sip 5060/udp
        http-alt 8080/tcp webcache
        """;

    private static readonly Lazy<ServiceNames> Machine = new(
        () => new ServiceNames(File.Exists(MachineFile) ? File.ReadAllText(MachineFile) : Usual));

    private readonly Dictionary<(string Name, string Protocol), ushort> _ports = [];

    /// <summary>Takes the names from the text of a services file; lines that cannot be read name nothing.</summary>
    internal ServiceNames(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            string[] number = words.Length > 1 ? words[1].Split('/') : [];
            if (number.Length != 2
                || !ushort.TryParse(number[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            {
                continue;
            }

            _ports.TryAdd((words[0], number[1]), port);
            foreach (string alias in words.AsSpan(2))
            {
                _ports.TryAdd((alias, number[1]), port);
            }
        }
    }

    /// <summary>The names of /etc/services; without that file, the usual ones.</summary>
    internal static ServiceNames OfThisMachine => Machine.Value;

    /// <summary>Finds a service's port. The same name may have another port with another protocol.</summary>
    internal bool TryFind(string name, IpProtocol? protocol, out ushort port)
    {
        string key = protocol is { } known ? ProtocolNames.NameOf(known) : "tcp";
        return _ports.TryGetValue((name, key), out port);
    }
}
