import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import { clusterVariable } from './clusterVariable';
import { compileExpression } from './compileExpression';

const cluster: ClusterFacts = {
  name: 'eu-1',
  labels: { env: 'prod' },
  claims: {},
  taints: [],
  freshness: 'live',
  scores: { 'net/latency': 50, 'net/loss/up': 2 },
};

/** `true`, `false`, or why there is no answer. */
function answer(expression: string, of: ClusterFacts = cluster): string {
  const compiled = compileExpression(expression);
  if (compiled.kind === 'invalid') return `invalid: ${compiled.why}`;
  const outcome = compiled.evaluate(clusterVariable(of));
  return outcome.kind === 'failed' ? `failed: ${outcome.why}` : outcome.kind;
}

const LABEL = 'x'.repeat(63);
const SUBDOMAIN = `${'x.'.repeat(126)}x`;

describe('expressions in their corners', () => {
  it.each([
    // URLs
    'url("http://x/").getPort() == "" && url("http://x:/").getPort() == ""',
    'url("http://[::1]/").getHostname() == "::1" && url("http://[::1]/").getHost() == "[::1]"',
    'url("http://x?a").getQuery() == {"a": [""]} && url("http://x?a").getEscapedPath() == ""',
    'url("http://x").getQuery() == {} && url("http://x?").getQuery() == {}',
    'url("http://x?a=1&&=b&%zz=1").getQuery() == {"a": ["1"], "": ["b"]}',
    'url("/ä b\\"").getEscapedPath() == "/%C3%A4%20b%22"',
    'url("/a-._~!$&\'()*+,;=:@[]").getEscapedPath() == "/a-._~!$&\'()*+,;=:@[]"',
    'url("*").getEscapedPath() == "*" && url("*").getHost() == "" && url("*").getScheme() == ""',
    'url("//x/y").getHost() == "" && url("//x/y").getEscapedPath() == "//x/y"',
    'url("mailto:x").getScheme() == "mailto" && url("mailto:x").getEscapedPath() == ""',
    'url("file:/x").getScheme() == "file" && url("file:/x").getEscapedPath() == "/x"',
    'url("HTTP://x/").getScheme() == "http"',
    'url("http://a:b@x:1/").getHost() == "x:1" && url("http://a@b@x/").getHost() == "x"',
    'isURL("http://x:80") && isURL("http://[::1]:80") && isURL("http://x:/") && isURL("/:")',
    '!isURL("http://x:80a") && !isURL("http://[::1]80/") && !isURL("http://[::1]:a/") && !isURL("http://x:a:80b/")',
    '!isURL("http://x/\\u007f") && !isURL("?a") && !isURL("x") && !isURL("http://%zz@x/") && isURL("http://x/?%zz")',
    // formats
    `!format.dns1123Label().validate("${LABEL}").hasValue() && format.dns1123Label().validate("${LABEL}x").hasValue()`,
    `!format.dns1123Subdomain().validate("${SUBDOMAIN}").hasValue() && format.dns1123Subdomain().validate("${SUBDOMAIN}x").hasValue()`,
    '!format.dns1123LabelPrefix().validate("a").hasValue() && !format.dns1123LabelPrefix().validate("ab").hasValue()',
    'format.dns1123LabelPrefix().validate("-").hasValue() && format.dns1123LabelPrefix().validate("aB").hasValue()',
    'format.dns1123LabelPrefix().validate("aB-x").hasValue() && format.dns1123LabelPrefix().validate("-a-").hasValue()',
    '!format.qualifiedName().validate("a").hasValue() && format.qualifiedName().validate("A.b/c").hasValue()',
    'format.qualifiedName().validate("a/").hasValue() && format.qualifiedName().validate("/a").hasValue()',
    '!format.date().validate("2025-12-31").hasValue() && format.date().validate("x2025-12-31").hasValue()',
    'format.date().validate("2025-12-31x").hasValue() && format.date().validate("2025-13-01").hasValue() && format.date().validate("2025-1-1").hasValue()',
    '!format.datetime().validate("2024-02-29T23:59:59.5+02:00").hasValue() && !format.datetime().validate("2024-02-29t00:00:00z").hasValue()',
    'format.datetime().validate("2024-02-29T12:60:00Z").hasValue() && format.datetime().validate("2024-02-29T12:00:60Z").hasValue()',
    'format.datetime().validate("2024-02-30T12:00:00Z").hasValue() && format.datetime().validate("2024-02-29T12:00:00").hasValue()',
    'format.uuid().validate("x").value()[0] == "\\"x\\" is not of this format"',
    // conversions
    '!(b"a" < b"a") && !(b"b" < b"a") && b"a" <= b"a" && !(b"b" <= b"a")',
    '!(b"a" > b"a") && !(b"a" > b"b") && b"a" >= b"a" && !(b"a" >= b"b")',
    '!(b"ab" < b"a") && b"ba" > b"ab" && b"" < b"a" && b"a" < b"aa"',
    'int("9223372036854775807") == 9223372036854775807 && int("-9223372036854775808") == -9223372036854775808',
    'uint("18446744073709551615") == 18446744073709551615u && uint("0") == 0u && uint(0.0) == 0u && uint("10") == 10u',
    'string(0.0) == "0" && string(0.0001) == "0.0001" && string(1e-5) == "1e-05" && string(1.5e100) == "1.5e+100"',
    'string(b"\\xef\\xbb\\xbfx").size() == 2',
    'int(duration("2s")) == 2000000000 && int(duration("1.5ms")) == 1500000',
    'int(timestamp(5)) == 5 && string(timestamp(5)) == "1970-01-01T00:00:05Z"',
    // amounts of time
    'duration("-0") == duration("0s") && duration("+1s") == duration("1s") && duration("-1.5h") == duration("-90m")',
    'duration("10s") == duration("10000ms") && duration("1m0s") == duration("60s")',
    'timestamp("0001-01-01T00:00:00Z") < timestamp("9999-12-31T23:59:59Z")',
    'timestamp("2026-01-01T00:00:00,5Z") == timestamp("2026-01-01T00:00:00.5Z")',
    // addresses
    '!ip("10.0.0.1").isUnspecified() && !ip("10.0.0.1").isLoopback() && !ip("::2").isLoopback() && ip("::").isUnspecified()',
    '!ip("10.0.0.1").isLinkLocalUnicast() && !ip("2001:db8::1").isLinkLocalUnicast() && ip("127.9.9.9").isLoopback()',
    'cidr("10.0.0.0/8").containsIP(ip("10.9.9.9")) && !cidr("::/8").containsIP(ip("0.0.0.1")) && !cidr("0.0.0.0/0").containsIP(ip("::1"))',
    'cidr("10.0.0.0/8").containsCIDR(cidr("10.0.0.0/8")) && cidr("10.0.0.0/8").containsCIDR(cidr("10.1.0.0/16"))',
    '!cidr("10.0.0.0/8").containsCIDR("10.0.0.0/7") && !cidr("10.0.0.0/8").containsCIDR("11.0.0.0/16")',
    'isCIDR("10.0.0.1/32") && isCIDR("::1/128") && !isCIDR("::1/129") && isCIDR("0.0.0.0/0")',
    '!isCIDR("10.0.0.0/08") && !isCIDR("10.0.0.0/x8") && !isCIDR("10.0.0.0/8x") && !isCIDR("x/8") && !isCIDR("10.0.0.0/")',
    'isIP("1:2:3:4:5:6::8") && !isIP("1:2:3:4:5:6:7") && !isIP("::12345") && !isIP("::1g") && isIP("::ABCD")',
    // patterns and formats
    '"ab".matches("^a") && !"ab".matches("^b") && "%%".format([]) == "%"',
    // the cluster
    'managedCluster.apiVersion == "cluster.open-cluster-management.io/v1" && managedCluster.kind == "ManagedCluster"',
    'managedCluster.scores("net").map(s, s.name) == ["latency", "loss/up"]',
    '!has(managedCluster.scores) && managedCluster.status.conditions == null && managedCluster.spec.hubAcceptsClient == false',
  ])('%s is true', expression => {
    expect(answer(expression)).toBe('true');
  });

  it.each<[string, string]>([
    ['int("x") == 1', 'failed: type conversion error from x to int'],
    ['int("1 ") == 1', 'failed: type conversion error from 1  to int'],
    ['uint("-1") == 1u', 'failed: type conversion error from -1 to uint'],
    ['uint("x1") == 1u', 'failed: type conversion error from x1 to uint'],
    ['uint("1x") == 1u', 'failed: type conversion error from 1x to uint'],
    ['uint(-1.5) == 1u', 'failed: type conversion error from -1.5 to uint'],
    ['double("x") == 1.0', 'failed: type conversion error from x to double'],
    [
      'double("nanx") == 1.0',
      'failed: type conversion error from nanx to double',
    ],
    [
      'double("+nan") == 1.0',
      'failed: type conversion error from +nan to double',
    ],
    [
      'duration("x") == duration("1s")',
      'failed: type conversion error from this value to duration',
    ],
    [
      'duration("10") == duration("1s")',
      'failed: type conversion error from this value to duration',
    ],
    [
      'duration("0x") == duration("1s")',
      'failed: type conversion error from this value to duration',
    ],
    [
      `duration("${'0'.repeat(100)}s") == duration("0s")`,
      'failed: type conversion error from this value to duration',
    ],
    [
      'timestamp("noon") == timestamp(0)',
      'failed: type conversion error from this value to timestamp',
    ],
    [
      'timestamp(-99999999999) == timestamp(0)',
      'failed: type conversion error from this value to timestamp',
    ],
    [
      'int(double("nan")) == 1',
      'failed: type conversion error from NaN to int',
    ],
    ['int("9223372036854775808") == 1', 'failed: integer overflow'],
    ['int("-9223372036854775809") == 1', 'failed: integer overflow'],
    ['uint(-1) == 1u', 'failed: unsigned integer overflow'],
    ['uint("18446744073709551616") == 1u', 'failed: unsigned integer overflow'],
    ['url("x").getHost() == ""', 'failed: "x" is not a URL'],
    ['ip("x").family() == 4', 'failed: "x" is not an IP address'],
    ['cidr("x").prefixLength() == 4', 'failed: "x" is not a CIDR'],
    [
      'managedCluster.scores("nope").size() == 0',
      'failed: failed to get score: nope not found',
    ],
    [
      '9223372036854775808 == 0',
      'invalid: invalid int literal: 9223372036854775808',
    ],
    ['1 < 1.5', 'invalid: no such overload: int < double'],
    ['cel.bind(x, 1, x == 1)', 'invalid: Unknown variable: cel'],
    [
      'b"a".hex() == "61"',
      "invalid: found no matching overload for 'bytes.hex'",
    ],
    ['"a".matches("[")', 'failed: '],
    ['"a".find("[") == ""', 'invalid: not a regular expression: ['],
    ['"%s".format([]) == ""', 'invalid: format wants 1 arguments and has 0'],
    [
      '"%s %d".format(["x", "y"]) == ""',
      'invalid: %d cannot be used on string',
    ],
    [
      `"${'x'.repeat(10_000)}" == ""`,
      'invalid: the expression is longer than 10000 characters',
    ],
  ])('%s: %s', (expression, expected) => {
    expect(answer(expression)).toMatch(
      new RegExp(`^${expected.replace(/[\\[\]().*+?]/g, '\\$&')}`),
    );
  });

  it('takes what a manifest holds for what it is', () => {
    const of = (manifest: Record<string, unknown>): ClusterFacts => ({
      ...cluster,
      manifest,
    });
    const asked = 'managedCluster.status.conditions == null';
    for (const status of [undefined, null, 'text', [1], 5])
      expect(answer(asked, of({ status }))).toBe('true');
    expect(answer('has(managedCluster.gone)', of({ gone: undefined }))).toBe(
      'false',
    );
    expect(answer('managedCluster.n + 1 == 3', of({ n: 2 }))).toBe('true');
    expect(
      answer('managedCluster.scores("net").size() == 1', {
        ...cluster,
        scores: undefined,
      }),
    ).toBe('failed: failed to get score: net not found');
  });
});
