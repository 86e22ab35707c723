import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A whole portal is rendered, on machines that do other work beside.
jest.setTimeout(60_000);
configure({
  asyncUtilTimeout: 12_000,
  getElementError: message => new Error(message ?? 'Not found'),
});
