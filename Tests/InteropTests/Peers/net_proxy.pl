#!/usr/bin/perl
# A relay of Net::Proxy: from a port of the kernel's choice to a port of this machine. TLS on either side.
use strict;
use warnings;
use Getopt::Long;
use IO::Socket::INET;
use Net::Proxy;

$| = 1;
alarm 60;
my %opt = (in => 'tcp', out => 'tcp');
GetOptions(\%opt, qw(in=s out=s to=i proxy=i cert=s key=s version=s)) or exit 2;

# It takes no port 0: one that was free a moment ago.
my $free = do {
    my $probe = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0, Listen => 1, ReuseAddr => 1)
        or die "listen: $!";
    $probe->sockport;
};

my %in = (type => $opt{in}, host => '127.0.0.1', port => $free);
@in{qw(SSL_cert_file SSL_key_file)} = @opt{qw(cert key)} if $opt{in} eq 'ssl';
my %out = (type => $opt{out}, host => '127.0.0.1', port => $opt{to});
@out{qw(proxy_host proxy_port)} = ('127.0.0.1', $opt{proxy}) if $opt{out} eq 'connect';
$out{SSL_verify_mode} = 0 if $opt{out} eq 'ssl';
$out{SSL_version} = $opt{version} if defined $opt{version};

my $proxy = Net::Proxy->new({ in => \%in, out => \%out });
$proxy->register;
Net::Proxy->set_verbosity(0);
# Its main loop listens first: only then is there a port.
{
    no warnings 'redefine';
    my $add = \&Net::Proxy::add_listeners;
    *Net::Proxy::add_listeners = sub { $add->(@_); print "port $free\n" };
}
Net::Proxy->mainloop;
