import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { renderStory } from '../../stories/__testUtils__/renderStory';
import { audit, auditRow, mixedAudit } from '../../stories/auditFixtures';
import { auditPageStories } from '../../stories/auditPage.stories';
import { failing, fixtureApi } from '../../stories/fixtureApi';

const at = '2020-08-20T12:05:00.000Z';
const address = `/callboard/audit?at=${at}`;

describe('audit page', () => {
  it.each(auditPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});

it('leads to the app at the same instant', async () => {
  renderStory({
    address,
    api: fixtureApi({ getAudit: async () => mixedAudit() }),
  });
  expect(await screen.findByRole('link', { name: 'Atlas' })).toHaveAttribute(
    'href',
    `/callboard/apps/atlas?at=${at}`,
  );
});

it('asks for the audit and its CSV of the instant that is shown', async () => {
  const asked: string[] = [];
  URL.createObjectURL = jest.fn(() => 'blob:audit');
  URL.revokeObjectURL = jest.fn();
  renderStory({
    address,
    api: fixtureApi({
      getAudit: async options => {
        asked.push(`read ${options?.at?.toISOString()}`);
        return mixedAudit();
      },
      exportAudit: async options => {
        asked.push(`export ${options?.at?.toISOString()}`);
        return '"app"\r\n';
      },
    }),
  });
  await screen.findByText('Atlas');
  await userEvent.click(screen.getByRole('button', { name: 'CSV' }));
  await waitFor(() => expect(asked).toEqual([`read ${at}`, `export ${at}`]));
  await waitFor(() => expect(URL.createObjectURL).toHaveBeenCalled());
});

it('says why there is no CSV', async () => {
  renderStory({ address, api: fixtureApi({ exportAudit: () => failing() }) });
  await screen.findByText('Atlas');
  await userEvent.click(screen.getByRole('button', { name: 'CSV' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'Cannot read the record',
  );
});

it('prints', async () => {
  const print = jest.spyOn(window, 'print').mockImplementation(() => {});
  renderStory({ address, api: fixtureApi() });
  await screen.findByText('Atlas');
  await userEvent.click(screen.getByRole('button', { name: 'Print' }));
  expect(print).toHaveBeenCalledTimes(1);
  print.mockRestore();
});

it('says how an app is, and which release answers in place of the wanted one', async () => {
  const row = auditRow('shop', 'dev', {
    release: 2,
    serving: 'release 1 still answers',
    health: {
      status: 'Degraded',
      reason: 'Restarted',
      message: 'It cannot start',
    },
  });
  renderStory({
    address,
    api: fixtureApi({ getAudit: async () => audit([row]) }),
  });
  const shown = (await screen.findByText('Shop')).closest('tr');
  expect(shown).toHaveTextContent('2release 1 still answers');
  expect(shown).toHaveTextContent('Degraded');
});
