import { createRoot } from "react-dom/client";
import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { Booked, Booking, Layout, Workshop, Workshops } from "./pages";

const router = createBrowserRouter([
  {
    Component: Layout,
    children: [
      { path: "/", Component: Workshops },
      { path: "/workshops/:id", Component: Workshop },
      { path: "/workshops/:id/book", Component: Booking },
      { path: "/booked", Component: Booked },
    ],
  },
]);

createRoot(document.getElementById("app")).render(<RouterProvider router={router} />);
