import type { JournalEntry } from '@callboard/plugin-callboard-common';
import { render, screen } from '@testing-library/react';
import { ChangeList } from './ChangeList';

function entry(over: Partial<JournalEntry> = {}): JournalEntry {
  return {
    sequence: 1,
    at: '2026-11-20T12:00:00Z',
    actor: 'system:agent',
    action: 'object.restored',
    message: 'The agent of cluster edge-1 put Deployment web back',
    hash: '',
    ...over,
  };
}

describe('ChangeList', () => {
  it.each([
    {
      name: 'told when the cluster was back',
      given: { recordedAt: '2026-11-20T12:02:10Z' },
      expected: 'reported 2 min later, when the cluster was back',
    },
    {
      name: 'told after its reason',
      given: { why: 'it was deleted', recordedAt: '2026-11-20T12:00:40Z' },
      expected:
        'it was deleted · reported 40 s later, when the cluster was back',
    },
  ])('$name', ({ given, expected }) => {
    render(<ChangeList entries={[entry(given)]} />);
    expect(screen.getByRole('listitem')).toHaveTextContent(`· ${expected}`);
  });

  it.each([
    { name: 'as it happened', given: {} },
    {
      name: 'by an agent that was connected',
      given: { recordedAt: '2026-11-20T12:00:04Z' },
    },
    {
      name: 'by a clock that is ahead',
      given: { recordedAt: '2026-11-20T11:59:00Z' },
    },
  ])('says nothing of the telling: $name', ({ given }) => {
    render(<ChangeList entries={[entry(given)]} />);
    expect(screen.getByRole('listitem')).not.toHaveTextContent('told');
  });

  it('says that nothing has changed', () => {
    render(<ChangeList entries={[]} />);
    expect(screen.getByText('Nothing has changed yet.')).toBeInTheDocument();
  });
});
