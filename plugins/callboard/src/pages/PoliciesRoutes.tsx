import { Route, Routes } from 'react-router-dom';
import { NotFoundPage } from './NotFound/NotFoundPage';
import { PoliciesPage } from './PoliciesPage/PoliciesPage';

/** Routes below `/callboard/policies`. */
export function PoliciesRoutes(): JSX.Element {
  return (
    <Routes>
      <Route path="/" element={<PoliciesPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
