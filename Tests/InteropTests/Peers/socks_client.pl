#!/usr/bin/perl
# A client of IO::Socket::Socks: asks a proxy for a port of this machine, and echoes one line through it.
use strict;
use warnings;
use Getopt::Long;
use IO::Socket::Socks qw(:constants $SOCKS_ERROR);

$| = 1;
alarm 60;
my %opt = (version => 5, host => '127.0.0.1');
GetOptions(\%opt, qw(proxy=i to=i host=s version=s user=s password=s)) or exit 2;

my %options = (
    ProxyAddr => '127.0.0.1', ProxyPort => $opt{proxy}, ConnectAddr => $opt{host}, ConnectPort => $opt{to},
    SocksVersion => substr($opt{version}, 0, 1), Timeout => 20);
# 4a and 5h: the proxy resolves.
$options{SocksResolve} = $opt{version} =~ /[ah]$/ ? 1 : 0;
@options{qw(AuthType Username Password)} = ('userpass', @opt{qw(user password)})
    if defined $opt{user} && $options{SocksVersion} == 5;
$options{Username} = $opt{user} if defined $opt{user} && $options{SocksVersion} == 4;

my $socket = IO::Socket::Socks->new(%options);
unless ($socket) {
    # A reply of the proxy, or what the module makes of a proxy that breaks off.
    print 'refused ', $SOCKS_ERROR->as_num, "\n";
    exit 1;
}
print {$socket} "Herbert\n";
my $line = <$socket>;
print 'heard ', $line // '', "\n";
