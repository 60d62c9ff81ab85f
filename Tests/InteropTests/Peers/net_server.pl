#!/usr/bin/perl
# A server of Net::Server: two TLS ports and a plain one. It prints its ports, first the TLS ones.
package Echo;
use strict;
use warnings;
use Getopt::Long;
use base qw(Net::Server::Fork);

$| = 1;
my %opt;
GetOptions(\%opt, qw(cert=s key=s)) or exit 2;

sub pre_loop_hook {
    my ($self) = @_;
    alarm 60;
    print 'port ', join(' ', map { $_->sockport } @{ $self->{server}{sock} }), "\n";
}

sub process_request {
    my ($self, $client) = @_;
    alarm 20;
    # Not STDIN: under TLS the socket is not dup'ed onto it.
    while (defined(my $line = <$client>)) { print {$client} "Net::Server $line" }
}

# Options per port are lost by 2.013 where ipv is not told (the first port would have no certificate).
Echo->run(
    host => '127.0.0.1', ipv => 4, proto => 'ssl', log_level => 0, SSL_key_file => $opt{key},
    SSL_cert_file => $opt{cert}, port => [ '0/ssl', '0/tcp' ]);
