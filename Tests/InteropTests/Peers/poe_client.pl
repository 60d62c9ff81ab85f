#!/usr/bin/perl
# A client of POE::Filter::SSL. It verifies nothing: that is how the filter's client is.
use strict;
use warnings;
use Getopt::Long;
use POE qw(Component::Client::TCP Filter::SSL);

$| = 1;
alarm 60;
$SIG{PIPE} = 'IGNORE';
my %opt;
GetOptions(\%opt, qw(port=i sni=s)) or exit 2;

POE::Component::Client::TCP->new(
    RemoteAddress => '127.0.0.1',
    RemotePort => $opt{port},
    Filter => [ 'POE::Filter::SSL', client => 1, (defined $opt{sni} ? (sni => $opt{sni}) : ()) ],
    Connected => sub { $_[HEAP]{server}->put('Herbert') },
    ServerInput => sub {
        my ($kernel, $input) = @_[KERNEL, ARG0];
        print "heard $input\n";
        $kernel->yield('shutdown');
    },
    ServerError => sub { print "error $_[ARG1]\n" },
    ConnectError => sub { print "refused $_[ARG1]\n" },
);
POE::Kernel->run;
