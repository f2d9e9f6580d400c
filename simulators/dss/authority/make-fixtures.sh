#!/bin/sh
# Makes the files in fixtures/ with OpenSSL and its GOST engine: two authorities (RSA and GOST R 34.10-2012), each a root
# and an issuing one, certificates of people in GOST, the lists of the GOST authority, and a pool of RSA keys.
# Everything in RSA below the issuing authority is made when the simulator starts, because its addresses are in it.
# The keys of the GOST authorities are thrown away: nothing new can be issued by them.
set -eu
cd "$(dirname "$0")"
out=$PWD/fixtures
work=$(mktemp -d)
trap '[ $? = 0 ] || tail "$work/log"; rm -r "$work"' EXIT
base=${1:-http://127.0.0.1:8089/ca}
rm -rf "$out"
mkdir "$out"
cd "$work"

cat > openssl.cnf <<CNF
[ca]
default_ca = issuing
[issuing]
database = $work/index.txt
serial = $work/serial
new_certs_dir = $work
default_md = md_gost12_256
policy = anything
unique_subject = no
email_in_dn = no
copy_extensions = none
default_crl_days = 9000
crl_extensions = crl_extensions
[anything]
commonName = supplied
surname = optional
givenName = optional
organizationName = optional
countryName = optional
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[rsa_issuing]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign,digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[gost_issuing]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:$base/gost-root.crl
authorityInfoAccess = caIssuers;URI:$base/gost-root.cer
[person]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation,keyEncipherment
extendedKeyUsage = clientAuth,emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:$base/gost.crl
authorityInfoAccess = caIssuers;URI:$base/gost-issuing.cer,OCSP;URI:$base/gost-ocsp
[responder]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,OCSPSigning
noCheck = ignored
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[crl_extensions]
authorityKeyIdentifier = keyid
CNF

days=9125
gost_key() { openssl genpkey -engine gost -algorithm "gost2012_$1" -pkeyopt "paramset:$2" -out "$3" 2>> log; }

# RSA
openssl genrsa -out "$out/rsa-root-key.pem" 2048 2>> log
openssl req -config openssl.cnf -x509 -utf8 -new -key "$out/rsa-root-key.pem" -days $days -extensions root \
  -subj '/C=RU/O=Учебный DSS/CN=Учебный корневой УЦ (RSA)' -sha256 -out "$out/rsa-root.pem"
openssl genrsa -out "$out/rsa-issuing-key.pem" 2048 2>> log
openssl req -config openssl.cnf -utf8 -new -key "$out/rsa-issuing-key.pem" \
  -subj '/C=RU/O=Учебный DSS/CN=Учебный УЦ (RSA)' -out rsa-issuing.csr
openssl x509 -req -in rsa-issuing.csr -CA "$out/rsa-root.pem" -CAkey "$out/rsa-root-key.pem" -set_serial 0x1001 \
  -days $days -sha256 -extfile openssl.cnf -extensions rsa_issuing -out "$out/rsa-issuing.pem" 2>> log
i=0
while [ $i -lt 32 ]; do
  openssl genrsa 2048 2>> log >> "$out/rsa-keys.pem"
  i=$((i + 1))
done

# GOST: the authorities
gost_key 256 A root.key
openssl req -engine gost -config openssl.cnf -x509 -utf8 -new -key root.key -days $days -extensions root \
  -subj '/C=RU/O=Учебный DSS/CN=Учебный корневой УЦ (ГОСТ)' -md_gost12_256 -out "$out/gost-root.pem" 2>> log
gost_key 256 A issuing.key
openssl req -engine gost -config openssl.cnf -utf8 -new -key issuing.key -md_gost12_256 \
  -subj '/C=RU/O=Учебный DSS/CN=Учебный УЦ (ГОСТ)' -out issuing.csr 2>> log
openssl x509 -engine gost -req -in issuing.csr -CA "$out/gost-root.pem" -CAkey root.key -set_serial 0x2001 -days $days \
  -md_gost12_256 -extfile openssl.cnf -extensions gost_issuing -out "$out/gost-issuing.pem" 2>> log

start() { : > index.txt; echo "$1" > serial; }

# GOST: the root's empty list
start 3001
openssl ca -engine gost -config openssl.cnf -gencrl -cert "$out/gost-root.pem" -keyfile root.key -out root.crl 2>> log
openssl crl -in root.crl -outform DER -out "$out/gost-root.crl" 2>> log

# GOST: people. File, size, parameters, surname, given name, ends (a date in the past for one that has expired).
start 4001
person() {
  gost_key "$2" "$3" "$1.key"
  openssl req -engine gost -config openssl.cnf -utf8 -new -key "$1.key" "-md_gost12_$2" \
    -subj "/C=RU/O=ООО «Ромашка»/SN=$4/GN=$5/CN=$4 $5" -out "$1.csr" 2>> log
  openssl ca -engine gost -config openssl.cnf -batch -notext -utf8 -cert "$out/gost-issuing.pem" -keyfile issuing.key \
    -md md_gost12_256 -extensions person -startdate 20250101000000Z -enddate "$6" -in "$1.csr" -out "$1.crt" 2>> log
  cat "$1.key" "$1.crt" > "$out/gost-$1.pem"
}
far=20450101000000Z
person open 256 A Иванов 'Иван Иванович' $far
person password 256 A Петрова 'Анна Сергеевна' $far
person sim 256 A Сидоров 'Пётр Николаевич' $far
person mobile 512 A Кузнецова 'Мария Олеговна' $far
person sms 256 B Смирнов 'Олег Андреевич' $far
person choice 512 B Волкова 'Ольга Игоревна' $far
person qr 256 A Фёдоров 'Фёдор Фёдорович' $far
person cyrillic 256 A Щукина 'Юлия Эдуардовна' $far
person states 256 A Орлов 'Павел Ильич' $far
person pin 256 A Орлов 'Павел Ильич (PIN)' $far
person suspended 256 A Орлов 'Павел Ильич (приостановлен)' $far
person revoked 256 A Орлов 'Павел Ильич (отозван)' $far
person expired 256 A Орлов 'Павел Ильич (истёк)' 20260101000000Z
revoke() {
  openssl ca -engine gost -config openssl.cnf -cert "$out/gost-issuing.pem" -keyfile issuing.key \
    -revoke "$1.crt" -crl_reason "$2" 2>> log
}
revoke suspended certificateHold
revoke revoked keyCompromise
openssl ca -engine gost -config openssl.cnf -gencrl -cert "$out/gost-issuing.pem" -keyfile issuing.key -md md_gost12_256 \
  -out issuing.crl 2>> log
openssl crl -in issuing.crl -outform DER -out "$out/gost.crl" 2>> log

# GOST: an OCSP responder with an RSA key, so that answers can be signed where there is no engine (RFC 6960, 4.2.2.2).
openssl genrsa -out "$out/gost-responder-key.pem" 2048 2>> log
openssl req -config openssl.cnf -utf8 -new -key "$out/gost-responder-key.pem" \
  -subj '/C=RU/O=Учебный DSS/CN=Учебная служба OCSP' -out responder.csr
openssl ca -engine gost -config openssl.cnf -batch -notext -utf8 -cert "$out/gost-issuing.pem" -keyfile issuing.key \
  -md md_gost12_256 -extensions responder -startdate 20250101000000Z -enddate $far -in responder.csr \
  -out "$out/gost-responder.pem" 2>> log
ls "$out"
