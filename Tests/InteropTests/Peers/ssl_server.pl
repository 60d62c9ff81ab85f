#!/usr/bin/perl
# A server of IO::Socket::SSL that echoes until the end of the stream. It prints its port, and one fact a line.
use strict;
use warnings;
use Getopt::Long;
use IO::Socket::INET;
use IO::Socket::SSL;

$| = 1;
alarm 60;
$SIG{PIPE} = 'IGNORE';

my %opt = (connections => 1, mode => 'echo');
GetOptions(\%opt, qw(ca=s cert=s key=s client=s version=s connections=i mode=s)) or exit 2;

sub tell_error {
    my ($where) = @_;
    my ($code) = ($SSL_ERROR // '') =~ /error:([0-9A-F]{8}):/;
    # Since 2.075 a read takes any error of TLS for the end; OpenSSL's queue still knows it.
    my $queued = Net::SSLeay::ERR_get_error();
    $code //= sprintf '%08X', $queued if $queued;
    print "failed $where ", $code // 'none', ' ', $! + 0, "\n";
    return;
}

sub tls_options {
    my %tls = (SSL_server => 1, SSL_cert_file => $opt{cert}, SSL_key_file => $opt{key});
    $tls{SSL_version} = $opt{version} if defined $opt{version};
    $tls{SSL_ca_file} = $opt{ca} if defined $opt{ca};
    my $mode = SSL_VERIFY_NONE;
    $mode = SSL_VERIFY_PEER if ($opt{client} // '') eq 'ask';
    $mode = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT if ($opt{client} // '') eq 'require';
    $tls{SSL_verify_mode} = $mode;
    return %tls;
}

# Echoes so many pieces, or until the end.
sub echo {
    my ($socket, $limit) = @_;
    my $seen = 0;
    while (1) {
        my $count = sysread($socket, my $piece, 65536);
        return tell_error('read') unless defined $count;
        last if $count == 0;
        print "heard $piece\n" if $count < 200;
        syswrite($socket, $piece) // return tell_error('write');
        last if $limit && ++$seen >= $limit;
    }
    print "end\n" unless $limit;
    return 1;
}

my $listener = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1', LocalPort => 0, Listen => 16, Proto => 'tcp', ReuseAddr => 1)
    or die "listen: $!";
print 'port ', $listener->sockport, "\n";

for (1 .. $opt{connections}) {
    my $socket = $listener->accept or next;
    echo($socket, 1) if $opt{mode} eq 'upgrade';
    unless (IO::Socket::SSL->start_SSL($socket, tls_options())) {
        tell_error('handshake');
        # What the client has sent meanwhile is read, so that closing destroys no alert.
        shutdown($socket, 1);
        1 while sysread($socket, my $rest, 65536);
        close $socket;
        next;
    }
    print 'up ', $socket->get_sslversion, "\n";
    my $subject = $socket->peer_certificate('subject');
    print "certificate $subject\n" if defined $subject;
    if ($opt{mode} eq 'echo') {
        echo($socket) and $socket->close;
    } elsif ($opt{mode} eq 'cut') {
        echo($socket, 1);
        # FIN beneath TLS: no close_notify.
        shutdown($socket, 1);
        1 while sysread($socket, my $rest, 65536);
        $socket->close(SSL_no_shutdown => 1);
    } elsif ($opt{mode} eq 'upgrade') {
        echo($socket, 1);
        $socket->stop_SSL or tell_error('stop');
        print "down\n";
        echo($socket, 1);
        close $socket;
    }
}
print "done\n";
