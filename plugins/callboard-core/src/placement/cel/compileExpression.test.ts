import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import { clusterVariable } from './clusterVariable';
import { compileExpression } from './compileExpression';
import { createEvaluator } from './createEvaluator';

const cluster: ClusterFacts = {
  name: 'eu-1',
  labels: { env: 'prod', version: '1.14.3' },
  claims: { region: 'eu', json: '{"a": [1, 2.5, "x"]}' },
  taints: [{ key: 'gpu', effect: 'NoSelect' }],
  freshness: 'live',
  scores: { 'net/latency': 50, 'net/loss': 1.5 },
  addOnScores: [{ resource: 'load', scores: [{ name: 'cpu', value: 3 }] }],
};

function ask(expression: string, of: ClusterFacts = cluster): string {
  const compiled = compileExpression(expression);
  return compiled.kind === 'invalid'
    ? 'invalid'
    : compiled.evaluate(clusterVariable(of)).kind;
}

describe('expressions', () => {
  it.each([
    // the cluster
    'managedCluster.metadata.name == "eu-1"',
    'managedCluster.status.clusterClaims.exists(c, c.name == "region" && c.value == "eu")',
    'managedCluster.spec.taints[0].key == "gpu"',
    'managedCluster.metadata.creationTimestamp == null',
    'managedCluster.scores("net").map(s, s.value) == [50, 1]',
    'managedCluster.scores("load")[0].value == 3',
    'managedCluster.status.clusterClaims.exists(c, c.name == "json" && c.value.parseJSON().a[1] == 2.5)',
    // strings
    '"abc".charAt(1) == "b"',
    '"abc".charAt(3) == ""',
    '"abab".replace("a", "c") == "cbcb"',
    '"abab".replace("a", "c", 1) == "cbab"',
    '"abab".replace("a", "c", -1) == "cbcb"',
    '"abc".reverse() == "cba"',
    '"%s is %d, %.2f, %x, %X, %o, %b, %b, 100%%".format(["x", 1, 1.234, 255, 255, 8, 5, true]) == "x is 1, 1.23, ff, FF, 10, 101, 1, 100%"',
    '"%e".format([12.0]) == "1.200000e+01"',
    '"%s".format([[1, "a"]]) == "[1, a]"',
    '"%f".format([1.5]) == "1.500000"',
    // lists
    '[1, 2, 2].isSorted()',
    '![2, 1].isSorted()',
    '[1, 2, 3].sum() == 6',
    '[1.5, 2.5].sum() == 4.0',
    '[3, 1, 2].min() == 1',
    '["a", "c", "b"].max() == "c"',
    '[1, 2, 1].indexOf(1) == 0',
    '[1, 2, 1].lastIndexOf(1) == 2',
    '[1].indexOf(9) == -1',
    // regular expressions
    'managedCluster.metadata.labels["version"].matches("^1\\\\.(14|15)\\\\.\\\\d+$")',
    'matches("abc", "b")',
    '"a1b22".find("[0-9]+") == "1"',
    '"ab".find("[0-9]+") == ""',
    '"a1b22".findAll("[0-9]+") == ["1", "22"]',
    '"a1b22".findAll("[0-9]+", 1) == ["1"]',
    '"a1b22".findAll("[0-9]+", -1) == ["1", "22"]',
    '"x".matches(r"^x$") && \'matches(\' == "matches(" // matches("',
    '"""a "matches(" b""".contains("matches")',
    // quantities
    'quantity("1Gi").isGreaterThan(quantity("1G"))',
    'quantity("500m").isLessThan(quantity("1"))',
    'quantity("1000m").compareTo(quantity("1")) == 0',
    'quantity("-1").sign() == -1',
    'quantity("0").sign() == 0',
    'quantity("2k").isInteger() && quantity("2k").asInteger() == 2000',
    '!quantity("1500m").isInteger()',
    'quantity("1500m").asApproximateFloat() == 1.5',
    'quantity("1").add(quantity("1m")).compareTo(quantity("1001m")) == 0',
    'quantity("1").sub(quantity("1m")).compareTo(quantity("999m")) == 0',
    'quantity("1").add(2).asInteger() == 3',
    'quantity("5").sub(2).asInteger() == 3',
    'isQuantity("1.5Gi") && !isQuantity("1.5Xi")',
    // URLs
    'url("https://user@example.com:8080/a/b?x=1&y=&x=2").getHost() == "example.com:8080"',
    'url("https://example.com:8080/a").getHostname() == "example.com"',
    'url("https://[::1]:80/a").getHostname() == "::1"',
    'url("https://example.com:8080/a").getPort() == "8080"',
    'url("https://example.com/a%20b").getEscapedPath() == "/a%20b"',
    'url("https://example.com/?x=1&y=&x=a+b").getQuery() == {"x": ["1", "a b"], "y": [""]}',
    'url("/only/a/path").getScheme() == ""',
    'url("http://x").getScheme() == "http"',
    'isURL("https://x") && !isURL("not a url") && !isURL("relative")',
    // addresses
    'ip("10.0.0.1").family() == 4 && ip("::1").family() == 6',
    'ip("127.0.0.1").isLoopback() && ip("::1").isLoopback()',
    'ip("0.0.0.0").isUnspecified()',
    'ip("169.254.1.1").isLinkLocalUnicast() && ip("fe80::1").isLinkLocalUnicast()',
    'isIP("1.2.3.4") && !isIP("1.2.3") && !isIP("1.2.3.256") && !isIP("01.2.3.4")',
    'isIP("1:2:3:4:5:6:7:8") && !isIP("1::2::3") && !isIP("1:2:3:4:5:6:7:8:9") && !isIP("g::1") && !isIP("1:2:3:4:5:6:7::8")',
    'cidr("10.0.0.0/8").containsIP("10.1.2.3") && !cidr("10.0.0.0/8").containsIP(ip("11.0.0.1"))',
    '!cidr("10.0.0.0/8").containsIP("::1")',
    'cidr("10.0.0.0/8").containsCIDR("10.1.0.0/16") && !cidr("10.1.0.0/16").containsCIDR(cidr("10.0.0.0/8"))',
    'cidr("10.1.2.3/8").masked().ip().family() == 4 && cidr("10.1.2.3/8").prefixLength() == 8',
    'isCIDR("2001:db8::/32") && !isCIDR("10.0.0.0/33") && !isCIDR("10.0.0.0") && !isCIDR("10.0.0.0/8/8")',
    // optional values
    'managedCluster.?metadata.?labels.?nope.orValue("none") == "none"',
  ])('%s is true', expression => {
    expect(ask(expression)).toBe('true');
  });

  it.each([
    ['managedCluster.metadata.labels.env == "dev"', 'false'],
    ['managedCluster.metadata.name', 'not-a-boolean'],
    ['managedCluster.metadata.labels["nope"] == "x"', 'failed'],
    ['managedCluster.scores("nope").size() == 0', 'failed'],
    ['"x".parseJSON() == 1', 'failed'],
    ['"[".matches("[")', 'failed'],
    ['"abc".charAt(9) == ""', 'failed'],
    ['"%d".format(["x"]) == ""', 'failed'],
    ['"%s %s".format(["x"]) == ""', 'failed'],
    ['"%q".format(["x"]) == ""', 'failed'],
    ['[].min() == 1', 'failed'],
    ['["a", 1].sum() == 1', 'failed'],
    ['quantity("lots").sign() == 1', 'failed'],
    ['quantity("1500m").asInteger() == 1', 'failed'],
    ['url("not a url").getHost() == ""', 'failed'],
    ['ip("nowhere").family() == 4', 'failed'],
    ['cidr("nowhere").prefixLength() == 4', 'failed'],
    ['1 / 0 == 1', 'failed'],
    ['nobody == 1', 'invalid'],
    ['1 + "a" == 2', 'invalid'],
    ['managedCluster.metadata.name.shout()', 'invalid'],
    ['a b', 'invalid'],
    ['"unclosed', 'invalid'],
    [`"${'x'.repeat(10_001)}" == ""`, 'invalid'],
    [`"a".matches("${'a'.repeat(1_001)}")`, 'failed'],
  ])('%s is %s', (expression, outcome) => {
    expect(ask(expression)).toBe(outcome);
  });

  it('answers a pattern that stalls JavaScript at once', () => {
    const started = performance.now();
    expect(ask(`"${'a'.repeat(5_000)}!".matches("^(a+)+$")`)).toBe('false');
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('refuses JSON that is too long to be a fact', () => {
    const long = {
      ...cluster,
      claims: { json: JSON.stringify('x'.repeat(100_001)) },
    };
    expect(
      ask(
        'managedCluster.status.clusterClaims[0].value.parseJSON() == "x"',
        long,
      ),
    ).toBe('failed');
  });

  it('reads what the engine knows of a cluster, dates and nonsense included', () => {
    const manifest = {
      metadata: {
        name: 'm',
        creationTimestamp: new Date('2026-01-01T00:00:00Z'),
      },
      spec: 'nonsense',
      extra: undefined,
      rate: 0.5,
      count: 3,
    };
    const of = { ...cluster, manifest };
    expect(
      ask(
        'managedCluster.metadata.creationTimestamp == "2026-01-01T00:00:00.000Z"',
        of,
      ),
    ).toBe('true');
    expect(
      ask(
        'managedCluster.rate == 0.5 && managedCluster.count == 3 && !has(managedCluster.extra)',
        of,
      ),
    ).toBe('true');
    expect(ask('managedCluster.spec.hubAcceptsClient', of)).toBe('false');
  });

  it('keeps what it compiled, but not without end', () => {
    const first = compileExpression('1 == 1');
    expect(compileExpression('1 == 1')).toBe(first);
    for (let index = 0; index < 600; index += 1)
      compileExpression(`${index} == 1`);
    expect(compileExpression('1 == 1')).not.toBe(first);
  });

  it('evaluates also what the placement does not name', () => {
    const { evaluate } = createEvaluator({});
    expect(evaluate('true', cluster)).toEqual({ kind: 'true' });
    expect(evaluate('nobody', cluster)).toMatchObject({ kind: 'failed' });
  });
});
