#!/usr/bin/perl
# A proxy of IO::Socket::Socks for one client after the other: it connects where it is asked to.
use strict;
use warnings;
use Getopt::Long;
use IO::Select;
use IO::Socket::INET;
use IO::Socket::Socks qw(:constants $SOCKS_ERROR);

$| = 1;
alarm 60;
my %opt = (version => 5, connections => 1);
GetOptions(\%opt, qw(version=i user=s password=s connections=i)) or exit 2;

my %auth;
%auth = (RequireAuth => 1, UserAuth => sub {
    my ($user, $password) = @_;
    return $user eq $opt{user} && (($password // '') eq ($opt{password} // ''));
}) if defined $opt{user};

my $server = IO::Socket::Socks->new(
    ProxyAddr => '127.0.0.1', ProxyPort => 0, Listen => 16, SocksVersion => $opt{version}, SocksResolve => 1,
    %auth) or die "listen: $SOCKS_ERROR";
print 'port ', $server->sockport, "\n";

for (1 .. $opt{connections}) {
    my $client = $server->accept or do { print 'refused ', $SOCKS_ERROR->as_num, "\n"; next };
    # SocksVersion 4 has no handshake of its own; new clients are blocking.
    $client->ready;
    my ($command, $host, $port) = @{ $client->command };
    print "asked $host $port\n";
    my $target = IO::Socket::INET->new(PeerAddr => $host, PeerPort => $port, Timeout => 10);
    my @answers = $opt{version} == 4 ? (REQUEST_GRANTED, REQUEST_FAILED) : (REPLY_SUCCESS, REPLY_CONN_REFUSED);
    $client->command_reply($target ? $answers[0] : $answers[1], '127.0.0.1', $target ? $target->sockport : 0);
    pass($client, $target) if $target;
    $client->close;
}
print "done\n";

# Both ways until one side ends.
sub pass {
    my ($one, $other) = @_;
    my $select = IO::Select->new($one, $other);
    while (my @ready = $select->can_read) {
        for my $from (@ready) {
            my $to = $from == $one ? $other : $one;
            my $count = sysread($from, my $bytes, 65536);
            return unless $count;
            syswrite($to, $bytes) // return;
        }
    }
}
