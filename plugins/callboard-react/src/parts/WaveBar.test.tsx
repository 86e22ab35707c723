import type { RolloutCell } from '@callboard/plugin-callboard-common';
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { LostScope } from './LostScope';
import { WaveBar } from './WaveBar';

const LOST_AT = new Date('2026-11-20T12:00:00Z');

const CELLS: RolloutCell[] = [
  { cluster: 'ap-1', state: 'done' },
  { cluster: 'eu-1', state: 'soaking', until: '2026-11-20T12:00:05Z' },
];

function show(since: Date | undefined): void {
  render(
    <MemoryRouter>
      <LostScope since={since}>
        <WaveBar
          rollout={{ waves: [{ name: '', cells: CELLS }] }}
          hrefOfCluster={cluster => `/clusters/${cluster}`}
        />
      </LostScope>
    </MemoryRouter>,
  );
}

it('marks a cluster that is through', () => {
  show(undefined);
  expect(screen.getByTestId('cell-ap-1').dataset.state).toBe('done');
});

it('marks none while the portal does not answer, and stops its clocks', () => {
  show(LOST_AT);
  expect(screen.getByTestId('cell-ap-1').dataset.state).toBe('unknown');
  expect(screen.getByTestId('cell-eu-1')).toHaveTextContent(
    'Soaking, 5 s left',
  );
});
