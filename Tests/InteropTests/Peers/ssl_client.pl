#!/usr/bin/perl
# A client of IO::Socket::SSL. It prints one fact a line; a number in hex is OpenSSL's packed error code.
use strict;
use warnings;
use Getopt::Long;
use IO::Socket::INET;
use IO::Socket::SSL;

$| = 1;
alarm 60;
$SIG{PIPE} = 'IGNORE';

my %opt = (mode => 'echo', say => 'Herbert');
GetOptions(\%opt, qw(port=i ca=s cert=s key=s name=s sni=s version=s mode=s say=s)) or exit 2;

sub tell_error {
    my ($where) = @_;
    my ($code) = ($SSL_ERROR // '') =~ /error:([0-9A-F]{8}):/;
    # Since 2.075 a read takes any error of TLS for the end; OpenSSL's queue still knows it.
    my $queued = Net::SSLeay::ERR_get_error();
    $code //= sprintf '%08X', $queued if $queued;
    print "failed $where ", $code // 'none', ' ', $! + 0, "\n";
}

sub tls_options {
    my %tls = (SSL_hostname => $opt{sni} // '');
    $tls{SSL_verify_mode} = defined $opt{ca} ? SSL_VERIFY_PEER : SSL_VERIFY_NONE;
    $tls{SSL_ca_file} = $opt{ca} if defined $opt{ca};
    $tls{SSL_version} = $opt{version} if defined $opt{version};
    @tls{qw(SSL_cert_file SSL_key_file SSL_use_cert)} = (@opt{qw(cert key)}, 1) if defined $opt{cert};
    $tls{SSL_verifycn_scheme} = defined $opt{name} ? 'http' : 'none';
    $tls{SSL_verifycn_name} = $opt{name} if defined $opt{name};
    return %tls;
}

# Writes a piece and reads one of the same length or an answer that ends like it.
sub ask {
    my ($socket, $words) = @_;
    print {$socket} $words or return tell_error('write');
    my $got = '';
    while (index($got, $words) < 0) {
        my $count = sysread($socket, $got, 4096, length $got);
        return tell_error('read') unless $count;
    }
    print "heard $got\n";
    return 1;
}

# The test says when to go on.
sub wait_for_go { defined(my $line = <STDIN>) or exit 3 }

sub read_to_end {
    my ($socket) = @_;
    my $all = '';
    while (1) {
        my $count = sysread($socket, $all, 4096, length $all);
        next if $count;
        print "heard $all\n";
        if (!defined $count || Net::SSLeay::ERR_peek_error()) { tell_error('read') } else { print "end\n" }
        return;
    }
}

my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $opt{port}, Proto => 'tcp')
    or do { print "failed connect none ", $! + 0, "\n"; exit 1 };

if ($opt{mode} eq 'upgrade') {
    ask($socket, 'clear before') or exit 1;
    wait_for_go();
}

unless (IO::Socket::SSL->start_SSL($socket, tls_options())) {
    tell_error('handshake');
    exit 1;
}
print 'up ', $socket->get_sslversion, "\n";

if ($opt{mode} eq 'echo') {
    ask($socket, $opt{say}) or exit 1;
    $socket->close;
} elsif ($opt{mode} eq 'double') {
    # Since 1.998 a second connect_SSL is nothing; before, it sent another ClientHello.
    print 'again ', $socket->connect_SSL ? 1 : 0, "\n";
    ask($socket, $opt{say}) or exit 1;
    $socket->close;
} elsif ($opt{mode} eq 'fin') {
    print {$socket} $opt{say};
    shutdown($socket, 1);
    read_to_end($socket);
} elsif ($opt{mode} eq 'goodbye') {
    print {$socket} $opt{say};
    Net::SSLeay::shutdown($socket->_get_ssl_object);
    read_to_end($socket);
} elsif ($opt{mode} eq 'upgrade') {
    ask($socket, 'under TLS') or exit 1;
    $socket->stop_SSL(SSL_fast_shutdown => 0) or do { tell_error('stop'); exit 1 };
    print "down\n";
    wait_for_go();
    ask($socket, 'clear after') or exit 1;
    close $socket;
}
print "done\n";
