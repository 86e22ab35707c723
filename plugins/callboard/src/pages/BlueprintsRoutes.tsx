import { Route, Routes } from 'react-router-dom';
import { BlueprintsPage } from './BlueprintsPage/BlueprintsPage';
import { NotFoundPage } from './NotFound/NotFoundPage';

/** Routes below `/callboard/blueprints`. */
export function BlueprintsRoutes(): JSX.Element {
  return (
    <Routes>
      <Route path="/" element={<BlueprintsPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
