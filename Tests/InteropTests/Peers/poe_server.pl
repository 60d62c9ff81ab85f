#!/usr/bin/perl
# A server of POE::Filter::SSL that echoes. It prints its port, and one fact a line.
use strict;
use warnings;
use Getopt::Long;
use POE qw(Component::Server::TCP Filter::SSL Filter::Stream);
use Socket qw(sockaddr_in);

$| = 1;
alarm 60;
$SIG{PIPE} = 'IGNORE';
my %opt;
GetOptions(\%opt, qw(cert=s key=s ca=s)) or exit 2;

POE::Component::Server::TCP->new(
    Address => '127.0.0.1',
    Port => 0,
    Started => sub {
        my $listener = $_[HEAP]{listener};
        print 'port ', (sockaddr_in($listener->getsockname))[0], "\n";
    },
    ClientFilter => POE::Filter::SSL->new(
        crt => $opt{cert}, key => $opt{key},
        # TLS 1.2: at 1.3 it answers before it has seen a client's certificate.
        (defined $opt{ca} ? (cacrt => $opt{ca}, clientcert => 1, tls1_2 => 1) : ())),
    ClientInput => sub {
        my ($heap, $input) = @_[HEAP, ARG0];
        print "heard $input\n";
        my $filter = $heap->{client}->get_input_filter;
        my $known = !defined $opt{ca} ? '' : $filter->clientCertValid ? 'valid ' : 'unknown ';
        $heap->{client}->put("$known$input") if length $input;
    },
    ClientError => sub { print "error $_[ARG1]\n" },
    ClientDisconnected => sub { print "disconnected\n" },
);
POE::Kernel->run;
