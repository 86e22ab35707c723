import type { AddressProbeView } from '@callboard/plugin-callboard-common';
import { render, screen } from '@testing-library/react';
import { Answers } from './Answers';

const ago = (minutes: number) =>
  // Half a minute more, so that a slow machine stays within the minute.
  new Date(Date.now() - (minutes + 0.5) * 60_000).toISOString();

const probe = (over: Partial<AddressProbeView>): AddressProbeView => ({
  state: 'answers',
  since: ago(3 * 24 * 60),
  checkedAt: ago(0),
  stale: false,
  ms: 40,
  status: 200,
  ...over,
});

function show(over: Partial<AddressProbeView>): HTMLElement {
  render(<Answers url="https://shop.example.com" probe={probe(over)} />);
  return screen.getByTestId('answers');
}

it('says since when an address answers', () => {
  const shown = show({});
  expect(shown).toHaveTextContent('Answers in 40 ms since 3 days');
  expect(shown).toHaveAttribute('data-tone', 'good');
});

it('asks for the record of a name that does not resolve', () => {
  const shown = show({
    state: 'unresolved',
    records: [{ type: 'A', value: '192.0.2.7' }],
  });
  expect(shown).toHaveTextContent(
    'Does not resolve since 3 daysAsk the platform team for a record: shop.example.com A 192.0.2.7',
  );
  expect(shown).toHaveAttribute('data-tone', 'bad');
});

it('says that nobody looked for long in place of what was then', () => {
  const shown = show({ stale: true, checkedAt: ago(60) });
  expect(shown).toHaveTextContent('Last looked at 1 h ago: answers in 40 ms');
  expect(shown).toHaveAttribute('data-tone', 'unknown');
});
