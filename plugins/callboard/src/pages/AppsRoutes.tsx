import { Route, Routes } from 'react-router-dom';
import { AppPage } from './AppPage/AppPage';
import { AppsPage } from './AppsPage/AppsPage';
import { NotFoundPage } from './NotFound/NotFoundPage';

/** Routes below `/callboard/apps`. */
export function AppsRoutes(): JSX.Element {
  return (
    <Routes>
      <Route path="/" element={<AppsPage />} />
      <Route path="/:app" element={<AppPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
