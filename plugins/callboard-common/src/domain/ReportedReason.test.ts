import { readReportedReason } from './ReportedReason';

it.each<[string, string | undefined]>([
  ['CrashLoopBackOff', 'CrashLoopBackOff'],
  ['login failed', 'Loginfailed'],
  ['<b>', 'B'],
  [' \n', undefined],
  ['', undefined],
  ['x'.repeat(80), `X${'x'.repeat(59)}`],
])('reads %j as %j', (text, reason) => {
  expect(readReportedReason(text)).toBe(reason);
});
