-- A database of schema 5 with invented incidents, as SQLite's iterdump wrote it; never to be changed.
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
BEGIN TRANSACTION;
CREATE TABLE actor (
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	part_of TEXT, 
	note TEXT, 
	sensitivity TEXT, 
	PRIMARY KEY ("key")
);
INSERT INTO "actor" VALUES('guard','{"en":"River Guard","es":"Guardia del Río"}','state-forces',NULL,NULL,'restricted');
INSERT INTO "actor" VALUES('column','{"es":"La Columna"}','rebel-group',NULL,NULL,NULL);
CREATE TABLE actor_alias (
	actor TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	alias TEXT NOT NULL, 
	PRIMARY KEY (actor, position), 
	FOREIGN KEY(actor) REFERENCES actor ("key")
);
INSERT INTO "actor_alias" VALUES('guard',0,'GR');
CREATE TABLE case_file (
	"key" TEXT NOT NULL, 
	title TEXT NOT NULL, 
	type TEXT NOT NULL, 
	summary TEXT, 
	from_day TEXT, 
	until_day TEXT, 
	phases TEXT, 
	sources TEXT, 
	PRIMARY KEY ("key")
);
INSERT INTO "case_file" VALUES('valley-war','{"en":"Valley war","es":"Guerra del valle"}','armed-conflict',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE claim (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	measure TEXT NOT NULL, 
	"group" TEXT NOT NULL, 
	low INTEGER, 
	best INTEGER, 
	high INTEGER, 
	source TEXT NOT NULL, 
	attributed_to TEXT, 
	attributed_kind TEXT, 
	stated_on TEXT, 
	scope TEXT, 
	note TEXT, 
	zero_is_unknown BOOLEAN NOT NULL, 
	pinned TEXT, 
	label TEXT, 
	supersedes TEXT, 
	adds BOOLEAN, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(source) REFERENCES source ("key")
);
INSERT INTO "claim" VALUES(2,0,'killed','all',3,3,3,'daily',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "claim" VALUES(1,0,'abducted','all',36,36,36,'ombudsman',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "claim" VALUES(1,1,'killed','all',5,5,5,'ombudsman',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "claim" VALUES(1,2,'killed','all',8,8,8,'daily','A witness',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "claim" VALUES(5,0,'killed','all',NULL,1,NULL,'survey-1',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "claim" VALUES(6,0,'killed','all',NULL,2,NULL,'survey-1',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
CREATE TABLE dataset (
	name TEXT NOT NULL, 
	version TEXT, 
	licence TEXT, 
	attribution TEXT, 
	may_publish BOOLEAN, 
	PRIMARY KEY (name)
);
INSERT INTO "dataset" VALUES('survey','1','CC-BY-4.0','Survey of Nowhere',0);
CREATE TABLE face (
	fid INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	"key" TEXT, 
	title TEXT NOT NULL, 
	summary TEXT, 
	type TEXT NOT NULL, 
	subtype TEXT, 
	first_day DATE, 
	last_day DATE, 
	date_precision TEXT, 
	place_name TEXT, 
	place_precision TEXT, 
	radius_m DOUBLE, 
	country TEXT, 
	admin_code TEXT, 
	adm1 TEXT, 
	adm2 TEXT, 
	adm3 TEXT, 
	region TEXT, 
	place_count INTEGER NOT NULL, 
	killed_low INTEGER, 
	killed_best INTEGER, 
	killed_high INTEGER, 
	killed_source TEXT, 
	injured_low INTEGER, 
	injured_best INTEGER, 
	injured_high INTEGER, 
	injured_source TEXT, 
	detained_low INTEGER, 
	detained_best INTEGER, 
	detained_high INTEGER, 
	detained_source TEXT, 
	missing_low INTEGER, 
	missing_best INTEGER, 
	missing_high INTEGER, 
	missing_source TEXT, 
	abducted_low INTEGER, 
	abducted_best INTEGER, 
	abducted_high INTEGER, 
	abducted_source TEXT, 
	released_low INTEGER, 
	released_best INTEGER, 
	released_high INTEGER, 
	released_source TEXT, 
	escaped_low INTEGER, 
	escaped_best INTEGER, 
	escaped_high INTEGER, 
	escaped_source TEXT, 
	rescued_low INTEGER, 
	rescued_best INTEGER, 
	rescued_high INTEGER, 
	rescued_source TEXT, 
	displaced_low INTEGER, 
	displaced_best INTEGER, 
	displaced_high INTEGER, 
	displaced_source TEXT, 
	actors TEXT, 
	source_count INTEGER NOT NULL, 
	source_kinds TEXT, 
	cases TEXT, 
	tags TEXT, 
	part_of TEXT, 
	counted BOOLEAN NOT NULL, 
	status TEXT NOT NULL, 
	confidence TEXT, 
	dataset TEXT, 
	revision INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	geom GEOMETRY, 
	PRIMARY KEY (fid), 
	FOREIGN KEY(fid) REFERENCES incident (fid)
);
INSERT INTO "face" VALUES(1,'PE-2012-0001','bridge','Secuestro en el puente',NULL,'abduction',NULL,'2012-04-09','2012-04-14','day','El Puente','settlement',2000.0,'PE','080902','Cusco','La Convención','Echarate',NULL,2,5,5,8,'ombudsman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,36,36,36,'ombudsman',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'La Columna; Guardia del Río',2,'ombudsman; press','valley-war','gas',NULL,1,'published','medium',NULL,21,'2024-01-01T00:00:06.000000Z',X'47500001E6100000010100000000000000004052C000000000000029C0');
INSERT INTO "face" VALUES(2,'PE-2012-0002',NULL,'Emboscada en la orilla',NULL,'armed-clash','ambush','2012-04-12','2012-04-12','day','La Orilla','near',25000.0,'PE',NULL,'Este',NULL,NULL,NULL,1,3,3,3,'daily',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'press',NULL,NULL,'PE-2012-0001',0,'draft',NULL,NULL,17,'2024-01-01T00:00:04.000000Z',X'47500001E6100000010100000066666666664652C0CDCCCCCCCCCC28C0');
INSERT INTO "face" VALUES(3,'PE-2012-0003','whole-east','Protesta en el este',NULL,'protest',NULL,'2012-08-01','2012-08-31','month','Este','department',NULL,'PE','08','Cusco',NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'press',NULL,NULL,NULL,1,'draft',NULL,NULL,26,'2024-01-01T00:00:11.000000Z',X'47500003E610000000000000008052C000000000000052C00000000000002CC000000000000024C00103000000010000000500000000000000000052C00000000000002CC000000000000052C000000000000024C000000000008052C000000000000024C000000000008052C00000000000002CC000000000000052C00000000000002CC0');
INSERT INTO "face" VALUES(4,'PE-0000-0001','undated','Sin fecha ni lugar',NULL,'state-measure','arrest',NULL,NULL,NULL,'Valle','area',NULL,'PE',NULL,NULL,NULL,NULL,'zones/valley',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,1,'draft',NULL,NULL,24,'2024-01-01T00:00:09.000000Z',X'47500003E610000000000000006052C000000000002052C00000000000002BC000000000000026C00103000000010000000500000000000000002052C00000000000002BC000000000002052C000000000000026C000000000006052C000000000000026C000000000006052C00000000000002BC000000000002052C00000000000002BC0');
INSERT INTO "face" VALUES(5,'PE-2012-0004',NULL,'Ours',NULL,'armed-clash',NULL,'2012-03-04','2012-03-04','day','Somewhere','settlement',2000.0,'PE',NULL,'Este',NULL,NULL,NULL,1,1,1,1,'survey-1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'dataset',NULL,NULL,NULL,1,'in-review',NULL,'survey',31,'2024-01-01T00:00:13.000000Z',X'47500001E6100000010100000000000000004052C000000000000029C0');
INSERT INTO "face" VALUES(6,'PE-2012-0005',NULL,'A fight 2',NULL,'armed-clash',NULL,'2012-03-04','2012-03-04','day','Somewhere','settlement',2000.0,'PE',NULL,'Este',NULL,NULL,NULL,1,2,2,2,'survey-1',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,'dataset',NULL,NULL,NULL,1,'published',NULL,'survey',32,'2024-01-01T00:00:14.000000Z',X'47500001E6100000010100000000000000004052C000000000000029C0');
CREATE TABLE figure (
	incident INTEGER NOT NULL, 
	measure TEXT NOT NULL, 
	low INTEGER, 
	best INTEGER, 
	high INTEGER, 
	source TEXT, 
	attributed_to TEXT, 
	basis TEXT NOT NULL, 
	voices INTEGER NOT NULL, 
	reason TEXT, 
	PRIMARY KEY (incident, measure), 
	FOREIGN KEY(incident) REFERENCES incident (fid)
);
INSERT INTO "figure" VALUES(2,'killed',3,3,3,'daily',NULL,'total',1,NULL);
INSERT INTO "figure" VALUES(1,'killed',5,5,8,'ombudsman',NULL,'total',2,NULL);
INSERT INTO "figure" VALUES(1,'abducted',36,36,36,'ombudsman',NULL,'total',1,NULL);
INSERT INTO "figure" VALUES(5,'killed',1,1,1,'survey-1',NULL,'total',1,NULL);
INSERT INTO "figure" VALUES(6,'killed',2,2,2,'survey-1',NULL,'total',1,NULL);
CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
    );
INSERT INTO "gpkg_contents" VALUES('incidents','features','incidents','One row for each incident','2024-01-01T00:00:14.000000Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('regions','features','regions','Versions of regions','2024-01-01T00:00:14.000000Z',NULL,NULL,NULL,NULL,4326);
INSERT INTO "gpkg_contents" VALUES('claims','attributes','claims','What sources say','2024-01-01T00:00:14.000000Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "gpkg_contents" VALUES('sources','attributes','sources','Documents','2024-01-01T00:00:14.000000Z',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
        z TINYINT NOT NULL, m TINYINT NOT NULL,
        CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
    );
INSERT INTO "gpkg_geometry_columns" VALUES('incidents','geom','GEOMETRY',4326,0,0);
INSERT INTO "gpkg_geometry_columns" VALUES('regions','geom','GEOMETRY',4326,0,0);
CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
    );
INSERT INTO "gpkg_spatial_ref_sys" VALUES('Undefined Cartesian SRS',-1,'NONE',-1,'undefined','undefined Cartesian coordinate reference system');
INSERT INTO "gpkg_spatial_ref_sys" VALUES('Undefined geographic SRS',0,'NONE',0,'undefined','undefined geographic coordinate reference system');
INSERT INTO "gpkg_spatial_ref_sys" VALUES('WGS 84 geodetic',4326,'EPSG',4326,'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]','longitude and latitude in degrees on the WGS 84 ellipsoid');
CREATE TABLE import_row (
	dataset TEXT NOT NULL, 
	external_id TEXT NOT NULL, 
	incident INTEGER NOT NULL, 
	digest BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	said TEXT, 
	theirs TEXT, 
	mark BLOB NOT NULL, 
	PRIMARY KEY (dataset, external_id), 
	FOREIGN KEY(dataset) REFERENCES dataset (name), 
	FOREIGN KEY(incident) REFERENCES incident (fid)
)
 WITHOUT ROWID

;
INSERT INTO "import_row" VALUES('survey','S1',5,X'1F41BEAC93394AA8D6A14EF1D6E88E5AE044C547E0D896BCCC54CC824BA83BEE',31,'{"claims":[{"best":1,"group":"all","measure":"killed","source":"survey-1","zero_is_unknown":false}],"country":"PE","dataset":"survey","dataset_id":"S1","date_precision":"day","days":"2012-03-04","original":{"date_prec":"1"},"places":[{"country":"PE","lat":-12.5,"lon":-73.0,"name":"Somewhere","precision":"settlement"}],"status":"published","title":{"en":"A fight 1"},"type":"armed-clash"}',NULL,X'2E944834D17069EB001C317DE3EFD24C7E3AD1E3755A77BBA61465DF0D8F4583');
INSERT INTO "import_row" VALUES('survey','S2',6,X'7E58C23343625C3B0D1760D89368D1670288FC768979DFD9A74A7D8B8A7B0323',32,NULL,NULL,X'4094AF79F251A942061D7D6D99BE3E7E9C5A9791D56357A62046F1AAF8CE6BAE');
CREATE TABLE incident (
	fid INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	code TEXT NOT NULL, 
	"key" TEXT, 
	title TEXT NOT NULL, 
	summary TEXT, 
	type TEXT NOT NULL, 
	subtype TEXT, 
	first_day DATE, 
	last_day DATE, 
	date_precision TEXT, 
	country TEXT NOT NULL, 
	part_of TEXT, 
	tags TEXT, 
	status TEXT NOT NULL, 
	confidence TEXT, 
	notes TEXT, 
	dataset TEXT, 
	dataset_id TEXT, 
	revision INTEGER NOT NULL, 
	recorded_at TEXT NOT NULL, 
	original TEXT, 
	sensitivity TEXT, 
	assigned_to TEXT, 
	PRIMARY KEY (fid), 
	UNIQUE (id), 
	UNIQUE (code), 
	UNIQUE ("key"), 
	FOREIGN KEY(part_of) REFERENCES incident (code), 
	FOREIGN KEY(dataset) REFERENCES dataset (name)
);
INSERT INTO "incident" VALUES(1,'018cc252-03a0-75a4-b007-abc4dfe1eb19','PE-2012-0001','bridge','{"en":"Abduction at the bridge","es":"Secuestro en el puente"}',NULL,'abduction',NULL,'2012-04-09','2012-04-14','day','PE',NULL,'["gas"]','published','medium','[{"en":"The days differ by source."}]',NULL,NULL,21,'2024-01-01T00:00:06.000000Z',NULL,NULL,NULL);
INSERT INTO "incident" VALUES(2,'018cc252-03a0-7894-acd4-94a2c00b0e93','PE-2012-0002',NULL,'{"es":"Emboscada en la orilla"}',NULL,'armed-clash','ambush','2012-04-12','2012-04-12','day','PE','PE-2012-0001',NULL,'draft',NULL,NULL,NULL,NULL,17,'2024-01-01T00:00:04.000000Z',NULL,NULL,NULL);
INSERT INTO "incident" VALUES(3,'018cc252-03a0-7d8a-904c-4fff579bc28f','PE-2012-0003','whole-east','{"und":"Protesta en el este"}',NULL,'protest',NULL,'2012-08-01','2012-08-31','month','PE',NULL,NULL,'draft',NULL,NULL,NULL,NULL,26,'2024-01-01T00:00:11.000000Z',NULL,NULL,'bea');
INSERT INTO "incident" VALUES(4,'018cc252-03a0-772f-84a6-5934fc297767','PE-0000-0001','undated','{"es":"Sin fecha ni lugar"}',NULL,'state-measure','arrest',NULL,NULL,NULL,'PE',NULL,NULL,'draft',NULL,NULL,NULL,NULL,24,'2024-01-01T00:00:09.000000Z',NULL,'confidential',NULL);
INSERT INTO "incident" VALUES(5,'018cc252-22e0-7c2d-88d8-adb6439605fa','PE-2012-0004',NULL,'{"en":"Ours"}',NULL,'armed-clash',NULL,'2012-03-04','2012-03-04','day','PE',NULL,NULL,'in-review',NULL,NULL,'survey','S1',31,'2024-01-01T00:00:13.000000Z','{"date_prec":"1"}',NULL,NULL);
INSERT INTO "incident" VALUES(6,'018cc252-22e0-712a-904b-d5901f13abbf','PE-2012-0005',NULL,'{"en":"A fight 2"}',NULL,'armed-clash',NULL,'2012-03-04','2012-03-04','day','PE',NULL,NULL,'published',NULL,NULL,'survey','S2',32,'2024-01-01T00:00:14.000000Z','{"date_prec":"1"}',NULL,NULL);
CREATE TABLE incident_case (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	"case" TEXT NOT NULL, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY("case") REFERENCES case_file ("key")
);
INSERT INTO "incident_case" VALUES(1,0,'valley-war');
CREATE TABLE incident_source (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	listed BOOLEAN NOT NULL, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(source) REFERENCES source ("key")
);
INSERT INTO "incident_source" VALUES(2,0,'daily',0);
INSERT INTO "incident_source" VALUES(1,0,'ombudsman',0);
INSERT INTO "incident_source" VALUES(1,1,'daily',0);
INSERT INTO "incident_source" VALUES(3,0,'daily',1);
INSERT INTO "incident_source" VALUES(5,0,'survey-1',0);
INSERT INTO "incident_source" VALUES(6,0,'survey-1',0);
CREATE TABLE indicator (
	number INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	area TEXT NOT NULL, 
	year INTEGER, 
	value DOUBLE NOT NULL, 
	unit TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	source TEXT NOT NULL, 
	note TEXT, 
	PRIMARY KEY (number), 
	FOREIGN KEY(source) REFERENCES source ("key")
);
INSERT INTO "indicator" VALUES(1,'population','units/west',2012,1000.0,'people','Census','daily',NULL);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('country','PE');
INSERT INTO "meta" VALUES('created_at','2024-01-01T00:00:01.000000Z');
INSERT INTO "meta" VALUES('disclosure_key','2f169f9b4e6a1024752209cd5410ebb84959eee0ac73c29a04c23bd524c12f81');
INSERT INTO "meta" VALUES('policy','ranked-source');
INSERT INTO "meta" VALUES('review','two-people');
INSERT INTO "meta" VALUES('schema_version','5');
INSERT INTO "meta" VALUES('willay_version','0.1.0');
CREATE TABLE party (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	actor TEXT NOT NULL, 
	role TEXT NOT NULL, 
	note TEXT, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(actor) REFERENCES actor ("key")
);
INSERT INTO "party" VALUES(1,0,'column','initiator',NULL);
INSERT INTO "party" VALUES(1,1,'guard','target',NULL);
CREATE TABLE place (
	incident INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	precision TEXT NOT NULL, 
	lon DOUBLE, 
	lat DOUBLE, 
	radius_m DOUBLE, 
	country TEXT NOT NULL, 
	admin_code TEXT, 
	adm1 TEXT, 
	adm2 TEXT, 
	adm3 TEXT, 
	region TEXT, 
	region_fid INTEGER, 
	gazetteer_id TEXT, 
	coordinate_source TEXT, 
	note TEXT, 
	geometry GEOMETRY, 
	sensitivity TEXT, 
	PRIMARY KEY (incident, position), 
	FOREIGN KEY(incident) REFERENCES incident (fid), 
	FOREIGN KEY(region_fid) REFERENCES region (fid)
);
INSERT INTO "place" VALUES(2,0,'La Orilla','near',-73.1,-12.4,NULL,'PE',NULL,'Este',NULL,NULL,NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000066666666664652C0CDCCCCCCCCCC28C0',NULL);
INSERT INTO "place" VALUES(1,0,'El Puente','settlement',-73.0,-12.5,NULL,'PE','080902','Cusco','La Convención','Echarate',NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000000000000004052C000000000000029C0',NULL);
INSERT INTO "place" VALUES(1,1,'La Orilla','settlement',-73.1,-12.4,NULL,'PE',NULL,'Este',NULL,NULL,NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000066666666664652C0CDCCCCCCCCCC28C0',NULL);
INSERT INTO "place" VALUES(4,0,'Valle','area',NULL,NULL,NULL,'PE',NULL,NULL,NULL,NULL,'zones/valley',5,NULL,NULL,NULL,NULL,'restricted');
INSERT INTO "place" VALUES(3,0,'Este','department',NULL,NULL,NULL,'PE','08','Cusco',NULL,NULL,NULL,2,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "place" VALUES(5,0,'Somewhere','settlement',-73.0,-12.5,NULL,'PE',NULL,'Este',NULL,NULL,NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000000000000004052C000000000000029C0',NULL);
INSERT INTO "place" VALUES(6,0,'Somewhere','settlement',-73.0,-12.5,NULL,'PE',NULL,'Este',NULL,NULL,NULL,NULL,NULL,NULL,NULL,X'47500001E6100000010100000000000000004052C000000000000029C0',NULL);
CREATE VIRTUAL TABLE place_box USING rtree (incident, west, east, south, north);
INSERT INTO "place_box" VALUES(2,-7.31000061035156249982e+01,-73.0999984741211,-1.24000015258789062497e+01,-1.23999996185302734379e+01);
INSERT INTO "place_box" VALUES(4,-73.5,-72.5,-13.5,-11.0);
INSERT INTO "place_box" VALUES(1,-73.0,-73.0,-12.5,-12.5);
INSERT INTO "place_box" VALUES(3,-74.0,-72.0,-14.0,-10.0);
INSERT INTO "place_box" VALUES(5,-73.0,-73.0,-12.5,-12.5);
INSERT INTO "place_box" VALUES(6,-73.0,-73.0,-12.5,-12.5);
CREATE TABLE region (
	fid INTEGER NOT NULL, 
	set_name TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	name_es TEXT, 
	name_en TEXT, 
	kind TEXT, 
	valid_from DATE, 
	valid_until DATE, 
	reason TEXT, 
	replaces TEXT, 
	decree TEXT, 
	citation TEXT, 
	url TEXT, 
	working_outline BOOLEAN, 
	outline_note TEXT, 
	admin_code TEXT, 
	definition TEXT, 
	attribution TEXT, 
	licence TEXT, 
	geometry GEOMETRY, 
	PRIMARY KEY (fid), 
	UNIQUE (set_name, "key", version)
);
INSERT INTO "region" VALUES(1,'units','west',1,'Oeste','West','department',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'15',NULL,'Survey of Nowhere','CC0-1.0',X'47500003E610000000000000000053C000000000008052C00000000000002CC000000000000024C00103000000010000000700000000000000000053C000000000000024C000000000008052C000000000000024C000000000008052C00000000000002CC00000000000E052C00000000000002CC00000000000E052C00000000000002BC000000000000053C00000000000002BC000000000000053C000000000000024C0');
INSERT INTO "region" VALUES(2,'units','east',1,'Este','East','department',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'08',NULL,'Survey of Nowhere','CC0-1.0',X'47500003E610000000000000008052C000000000000052C00000000000002CC000000000000024C00103000000010000000500000000000000000052C00000000000002CC000000000000052C000000000000024C000000000008052C000000000000024C000000000008052C00000000000002CC000000000000052C00000000000002CC0');
INSERT INTO "region" VALUES(3,'units','capital',1,'Capital','Capital','department',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1501',NULL,'Survey of Nowhere','CC0-1.0',X'47500003E610000000000000000053C00000000000E052C00000000000002CC00000000000002BC0010300000001000000050000000000000000E052C00000000000002CC00000000000E052C00000000000002BC000000000000053C00000000000002BC000000000000053C00000000000002CC00000000000E052C00000000000002CC0');
INSERT INTO "region" VALUES(4,'zones','valley',1,'Valle','Valley',NULL,'2003-05-01','2012-07-01',NULL,NULL,'D.S. 1',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,X'47500003E610000000000000006052C000000000002052C00000000000002AC000000000000028C00103000000010000000500000000000000002052C00000000000002AC000000000002052C000000000000028C000000000006052C000000000000028C000000000006052C00000000000002AC000000000002052C00000000000002AC0');
INSERT INTO "region" VALUES(5,'zones','valley',2,'Valle mayor','Greater valley',NULL,'2012-07-01',NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,X'47500003E610000000000000006052C000000000002052C00000000000002BC000000000000026C00103000000010000000500000000000000002052C00000000000002BC000000000002052C000000000000026C000000000006052C000000000000026C000000000006052C00000000000002BC000000000002052C00000000000002BC0');
CREATE TABLE revision (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	subject_kind TEXT NOT NULL, 
	subject_id TEXT NOT NULL, 
	author TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	action TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	previous_digest TEXT, 
	digest TEXT NOT NULL, 
	document TEXT, 
	seal TEXT, 
	masked_digest TEXT, 
	origin TEXT
);
INSERT INTO "revision" VALUES(1,'setting','country','willay','2024-01-01T00:00:01.000000Z','add','installed',NULL,'5bab32fe6a1d4e6c5638801f3b54301cf575214dc443e11aff6ed514818aeb33',NULL,'d6c5ee227aff0ec64139cdcc54e102e85a9be5a9c4f11d4d7f71864acdf0c362','7692267bbcd17ba1edd401168f31f90dba07db4dab21ff53236982de44daf94f',NULL);
INSERT INTO "revision" VALUES(2,'setting','created_at','willay','2024-01-01T00:00:01.000000Z','add','installed',NULL,'1902a25250dda6485149b9a400d575e8fa88b4a77a44a16425d5928a0f967796',NULL,'c672303db825334cb03817b05b6522aa9b483c465f029e411371313d0b80a479','cfafc0d489a1261f66f821a439a6502ab8729e3b45f09582cecc91749a3100a1',NULL);
INSERT INTO "revision" VALUES(3,'setting','policy','willay','2024-01-01T00:00:01.000000Z','add','installed',NULL,'ea52de91ab7a5b585526450e88897928df7478c5b35fd995240cf9f67193510d',NULL,'ed76e6d63908b796a02e1c338edef265e49bc445bf531b074cde134ad2e3bf1b','f7121371f168b25c14738d681c02ce0ca4ae2ac5ed3b9fabc7a996b84e789107',NULL);
INSERT INTO "revision" VALUES(4,'setting','review','willay','2024-01-01T00:00:01.000000Z','add','installed',NULL,'07169eeb320f5fb2fc1cbfa1548295076cded98b5987ef9c729027442553ff65','{"value":"two-people"}','a39e04a5b18038c98f85a710acf62363fc1fc396fdc1a4f20f624b5d50f3340b','9ff8cf601c1c9adb032fc400bf9064176bd89377c1ca5cb903cab72562bb8a08',NULL);
INSERT INTO "revision" VALUES(5,'region','units/west/1','willay','2024-01-01T00:00:02.000000Z','add','installed',NULL,'0417dbcd773e1d820368befb57a604209ea0347bb162fde9dbeac0ecef694b02',NULL,'9d7b983ca1d576ed5367d796fb6d327888cba480d595e835a02f6ed2774066e6','bc4d96f88e2ec77d3e0a0c9e818f883ced0dcf6536c3634a1284eab991243272',NULL);
INSERT INTO "revision" VALUES(6,'region','units/east/1','willay','2024-01-01T00:00:02.000000Z','add','installed',NULL,'97504d63e0758d4d419443af8e1a28f2ec09b68107073f9805d7e89bee624a0d',NULL,'06a344677837cd4d129d045d1b8c84640bcbcb45c5024f5c00bd4757e56f4c8e','4e49ad35b63a1c2b4f140e7ddf63b59145c314db940a1efd5d0acdd1c8e1ef8f',NULL);
INSERT INTO "revision" VALUES(7,'region','units/capital/1','willay','2024-01-01T00:00:02.000000Z','add','installed',NULL,'df1356215119db0ec02361cedca0064620a4bd8a87f90bea64ee799e63740650',NULL,'92375503e2e86a89c16a87e1468cf85397233a9d82a53e907d826019ae3c26e5','3c1c35a995dc7d498108acfba7a26e6b86c955a407cef96c8525100ce95efd8b',NULL);
INSERT INTO "revision" VALUES(8,'region','zones/valley/1','willay','2024-01-01T00:00:03.000000Z','add','installed',NULL,'03b2fc4475bc1aa54ba635fac9092d5e703731d12f2c998920b803bdb1588f1d',NULL,'4cccd783a198dcd54ed9673c284bd1f0d48950b9410a5ddb6936aec8151ba372','3706ba0ed4cfb0585e9b18e136e43481e2730d3f32e9f85e23d82947d6c51b7b',NULL);
INSERT INTO "revision" VALUES(9,'region','zones/valley/2','willay','2024-01-01T00:00:03.000000Z','add','installed',NULL,'17aad046e6433e6268ae1d3a6c8868d6643066f3e9466ec4c2cf1c88239e3a0b',NULL,'224d90e2dae8741076b2f47b3f84b2c9a3d3143daf8a20523370aee2f25edb12','df94d6fa15182446f1f4c15c80435ff97e3eaefd5d4100b8dae4062562f972f7',NULL);
INSERT INTO "revision" VALUES(10,'source','ombudsman','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'9855159fc2a35b89e36592cc51aa2286b67119b81516824a5214c9fcec6837a5',NULL,'4e3adb57dbe31ae66e129438fd3355bf6fcf226389e50dfe88d9d4cb8b5b3ae8','585318c41569d4fe813795128eea4d4ce28622dcc220a7e6f6ef40dc4cebe671',NULL);
INSERT INTO "revision" VALUES(11,'source','daily','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'d6a73429b2c281b5f452176b4651938a02b0e49f2b10f4678b33464fff123a09',NULL,'906e865c19997e5e9ddff850d2aadece4991261c84f36df5b5a718dd3ab1b5e3','804da4b4f299d896af0e1ebf54fa45e9639f9e089efebf2fd3507f73777cec61',NULL);
INSERT INTO "revision" VALUES(12,'actor','guard','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'0ba822967194d3f397b19ad074cc2a2d3e5eb712a40abdafee905c4ea3620555','{"aliases":["GR"],"key":"guard","kind":"state-forces","name":{"en":"River Guard","es":"Guardia del Río"}}','90fb2aa6b0fb1e0d020fb9d9cfed205f9ea4d2e179d51bb049dc8a0d62a71d15','dffb003326ed0381d8d66738e66746ae9ecfb633494c4f1aa0de4c3fd9d0801f',NULL);
INSERT INTO "revision" VALUES(13,'actor','column','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'178c1c5845690269eb1bc6f4e4c8b537f1f255c33f785edebb0fe4c0e6b3c086',NULL,'008a083eb34438c5c0fc60828ce5a0905d964c7e666a3f838a0ec966f82a4c23','613c9a5fd9c4c1840d490653ff2c037e693e00b9ea6b108a461e8e7d466cf8c1',NULL);
INSERT INTO "revision" VALUES(14,'case','valley-war','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'ecc95b99d955862460d6bc5b4d1473acfb4eb72be2423e70f8addd070b0410ff',NULL,'c2332a4a3795d51ac8171129c472b9ac10271a816180b7388f44b0c328adbcae','f71f9d06e2502f9d586d2c3557ef0aa9737ac18b1e8f30e39fd2bb5bc9e45306',NULL);
INSERT INTO "revision" VALUES(15,'indicator','1','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'ad0922d5dabe9e50f12c07586b262369ea502cd33c29e39632b89f99aba18a7b',NULL,'ba4e3dc4c0d9e98b1477de66f89481514a2867ac2b5811157bf90d40d1e9f922','2308aa25084dee5bf56cfc3c83802366caaf3e4f62c0740060fb757bd6226490',NULL);
INSERT INTO "revision" VALUES(16,'incident','018cc252-03a0-75a4-b007-abc4dfe1eb19','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'e1f770b344f60bb60e8f013cc9062ee2e112108ac8e7f65bf38269f2de4144da','{"code":"PE-2012-0001","draft":{"cases":["valley-war"],"claims":[{"best":36,"group":"all","high":36,"low":36,"measure":"abducted","source":"ombudsman","zero_is_unknown":false},{"best":5,"group":"all","high":5,"low":5,"measure":"killed","source":"ombudsman","zero_is_unknown":false},{"attributed_to":"A witness","best":8,"group":"all","high":8,"low":8,"measure":"killed","source":"daily","zero_is_unknown":false}],"confidence":"medium","country":"PE","date_precision":"day","days":"2012-04-09/2012-04-14","key":"bridge","notes":[{"en":"The days differ by source."}],"parties":[{"actor":"column","role":"initiator"},{"actor":"guard","role":"target"}],"places":[{"admin_code":"080902","country":"PE","lat":-12.5,"lon":-73.0,"name":"El Puente","precision":"settlement"},{"country":"PE","lat":-12.4,"lon":-73.1,"name":"La Orilla","precision":"settlement"}],"status":"draft","tags":["gas"],"title":{"en":"Abduction at the bridge","es":"Secuestro en el puente"},"type":"abduction"},"id":"018cc252-03a0-75a4-b007-abc4dfe1eb19"}','e11d001e3c953fe600c0c78d5f7aa601f5553c36bd349f856bd9fae2bdb640fa','c1dc36b9aa393fd5c862be4fb84f06c04c9318d63d68270b5267d3af26bda61e',NULL);
INSERT INTO "revision" VALUES(17,'incident','018cc252-03a0-7894-acd4-94a2c00b0e93','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'fbacb85f79f4aee94e4f754932cc268e01de40387f987feb68777f4e47c5eb37',NULL,'4b8bbe5c1f1b10038927d4b5854a434c0d5db52432073a11a4ca7791008cc1fd','1980a3797920e5b8426d77e91904059e7850bd2b0cc8a691151fd7cf9d31c8f9',NULL);
INSERT INTO "revision" VALUES(18,'incident','018cc252-03a0-7d8a-904c-4fff579bc28f','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'72c3950fe7419bc85d744294042d298b4979813d8102b86730ce0f1c6ea3feac','{"code":"PE-2012-0003","draft":{"country":"PE","date_precision":"month","days":"2012-08","key":"whole-east","places":[{"admin_code":"08","country":"PE","name":"Este","precision":"department"}],"sources":["daily"],"status":"draft","title":{"und":"Protesta en el este"},"type":"protest"},"id":"018cc252-03a0-7d8a-904c-4fff579bc28f"}','89478596acf9a1b2119498508d4f5ac98942644340fa77cfe0d701f0dee5edd2','ebf596512c1282b4b6fbca5f0259f6b8b63533df3509e2244207cd0b0439c0fa',NULL);
INSERT INTO "revision" VALUES(19,'incident','018cc252-03a0-772f-84a6-5934fc297767','ana','2024-01-01T00:00:04.000000Z','add','first entry',NULL,'f8e9ca3c9f85b4e54da05021d60fb2ca8bcef588b546c22f53d4d4735ca0729c','{"code":"PE-0000-0001","draft":{"country":"PE","key":"undated","status":"draft","subtype":"arrest","title":{"es":"Sin fecha ni lugar"},"type":"state-measure"},"id":"018cc252-03a0-772f-84a6-5934fc297767"}','e2afc88251a75ae9a7b4e97d291cbc3b0e2ea37e87279bf7a9f5ae0ae7b0a375','d1610e0a6b98f7a4c63a9be60ca3f7f14faef43d0e438c107ae9a1c030b36721',NULL);
INSERT INTO "revision" VALUES(20,'incident','018cc252-03a0-75a4-b007-abc4dfe1eb19','ana','2024-01-01T00:00:05.000000Z','submit','','e1f770b344f60bb60e8f013cc9062ee2e112108ac8e7f65bf38269f2de4144da','fae164ddee12d50122b1a967a5b042a4235c60f97aa959872b91111397072491','{"code":"PE-2012-0001","draft":{"assigned_to":"bea","cases":["valley-war"],"claims":[{"best":36,"group":"all","high":36,"low":36,"measure":"abducted","source":"ombudsman","zero_is_unknown":false},{"best":5,"group":"all","high":5,"low":5,"measure":"killed","source":"ombudsman","zero_is_unknown":false},{"attributed_to":"A witness","best":8,"group":"all","high":8,"low":8,"measure":"killed","source":"daily","zero_is_unknown":false}],"confidence":"medium","country":"PE","date_precision":"day","days":"2012-04-09/2012-04-14","key":"bridge","notes":[{"en":"The days differ by source."}],"parties":[{"actor":"column","role":"initiator"},{"actor":"guard","role":"target"}],"places":[{"admin_code":"080902","country":"PE","lat":-12.5,"lon":-73.0,"name":"El Puente","precision":"settlement"},{"country":"PE","lat":-12.4,"lon":-73.1,"name":"La Orilla","precision":"settlement"}],"status":"in-review","tags":["gas"],"title":{"en":"Abduction at the bridge","es":"Secuestro en el puente"},"type":"abduction"},"id":"018cc252-03a0-75a4-b007-abc4dfe1eb19"}','743244dbf696212873170db69fc9b6dcd3cb014ba048c1f625c545ca397965fb','37f3b70d0e1ed7a4a35b914bd98a9a66c6db0f9f8378d157a7cbcb0711c18bbb',NULL);
INSERT INTO "revision" VALUES(21,'incident','018cc252-03a0-75a4-b007-abc4dfe1eb19','bea','2024-01-01T00:00:06.000000Z','approve','fine','fae164ddee12d50122b1a967a5b042a4235c60f97aa959872b91111397072491','53095f2a25c3edfae7b6977a2797ed628cfe896b887d35941f9a4a3ef7ab0f42',NULL,'baac041e0230b2d234282084b3805bf87bf26d051c0d0512e01710eae5c138cd','9d140dc21007a5f7f105becab325d8993175d2324f35f1041f2613fdb496f2f5',NULL);
INSERT INTO "revision" VALUES(22,'setting','review','bea','2024-01-01T00:00:07.000000Z','set','alone in the office','07169eeb320f5fb2fc1cbfa1548295076cded98b5987ef9c729027442553ff65','573929f3c6b65648a20303a503366066260ebbea4574682bd14071be1dfff576','{"value":"one-person"}','930008962edd960c03b319a0babcf0d578672bfad9eaba4f20b3e05aa49f2bbe','5d97bb80a40ab9f06ccb25e932618a486e7f269da9b7e1e4683d60e699c6bcb3',NULL);
INSERT INTO "revision" VALUES(23,'setting','review','bea','2024-01-01T00:00:08.000000Z','set','ana is back','573929f3c6b65648a20303a503366066260ebbea4574682bd14071be1dfff576','659cff67a31de9ddc162743d5df7ff4b1228143771167d7fdb68f8b847e6305f',NULL,'3d436f35ed4867adf61f8c58ebe99bd2a44c2c248c85714807758b58cebc0602','9ff8cf601c1c9adb032fc400bf9064176bd89377c1ca5cb903cab72562bb8a08',NULL);
INSERT INTO "revision" VALUES(24,'incident','018cc252-03a0-772f-84a6-5934fc297767','ana','2024-01-01T00:00:09.000000Z','edit','a witness','f8e9ca3c9f85b4e54da05021d60fb2ca8bcef588b546c22f53d4d4735ca0729c','8763f693a70a803b659d523f536491765dc5d015f9132593c5180e36475b23ed',NULL,'2ee72f90b2ef09e418a4c07b39350357388b85957a15fa1d20fd0efe7789d5a4','541b22a6304a9c3f96d87a076e177a804fda9f1c3f0661cabdd590285fe2fbe9',NULL);
INSERT INTO "revision" VALUES(25,'actor','guard','ana','2024-01-01T00:00:10.000000Z','edit','asked for it','0ba822967194d3f397b19ad074cc2a2d3e5eb712a40abdafee905c4ea3620555','876d4a86982ed2fdebc0b7e37c6d5ed8124848720c140a80b5bb27e1bf0664d3',NULL,'16dad29ac8f3c7ded0bbb0de8559df928a6186aeeb15f51210a42a3911404fcd','e460941918e6609991f183c010987d9a262d1c78fb4a2877d0febdccb6ec85d7',NULL);
INSERT INTO "revision" VALUES(26,'incident','018cc252-03a0-7d8a-904c-4fff579bc28f','ana','2024-01-01T00:00:11.000000Z','assign','','72c3950fe7419bc85d744294042d298b4979813d8102b86730ce0f1c6ea3feac','546ba1bc1a0ebd53625a0aece344d88a731049e435f9bbe694ac068f13a0c052',NULL,'c1536049a01a21b28198d345cac26c928385f873d59cff42f0275558658a551e','001d2fa18cc7375bc97c835f169958c190c27a4433adf8cab566687545d707bc',NULL);
INSERT INTO "revision" VALUES(27,'dataset','survey','luz','2024-01-01T00:00:12.000000Z','add','survey',NULL,'b8d4508638d14d132ecca86a14c0bf98e29095013caf4706ca8cf83b49c302a0',NULL,'026e83a741427cf2c1ab168936db5df6740e7d55aabbb838c3710f81d26dacd1','42950e6156b90c4dc9e8227b801cbebf9936bbe1d3250f9f2eb3383771b8a5ae',NULL);
INSERT INTO "revision" VALUES(28,'source','survey-1','luz','2024-01-01T00:00:12.000000Z','add','survey',NULL,'2b6205c3378ca5fe9d5e4801512e12e78688bb4afecb1ba7e1e42b83c67d8b6e',NULL,'72fe2c730bbad46ad5a27867c7beb8e9db29163937be9a3c30296483d199e15a','d057e22b481af78aa2df533cae6f7aeed4a7357ee8685f6cdc96ead4e0f394b2',NULL);
INSERT INTO "revision" VALUES(29,'incident','018cc252-22e0-7c2d-88d8-adb6439605fa','luz','2024-01-01T00:00:12.000000Z','import','survey',NULL,'9bd879677a848cb3fd7bc7783ac40dafaba0588830921b62be573509bd881bb3','{"code":"PE-2012-0004","draft":{"claims":[{"best":1,"group":"all","measure":"killed","source":"survey-1","zero_is_unknown":false}],"country":"PE","dataset":"survey","dataset_id":"S1","date_precision":"day","days":"2012-03-04","original":{"date_prec":"1"},"places":[{"country":"PE","lat":-12.5,"lon":-73.0,"name":"Somewhere","precision":"settlement"}],"status":"published","title":{"en":"A clash 1"},"type":"armed-clash"},"id":"018cc252-22e0-7c2d-88d8-adb6439605fa"}','17371f42616846d7b1ac9639780efb8a291b8e9e5df63dcb4c9b1e5b99f2214c','f058fe8caaa2c5ac67acc9cd40a4688e1e6623c3521d743af26cf08ee74a2e48',NULL);
INSERT INTO "revision" VALUES(30,'incident','018cc252-22e0-712a-904b-d5901f13abbf','luz','2024-01-01T00:00:12.000000Z','import','survey',NULL,'a8c9084f0a525b55786ef74db71cba7ff16f526f5ae7b138873c2312bfc6672d','{"code":"PE-2012-0005","draft":{"claims":[{"best":2,"group":"all","measure":"killed","source":"survey-1","zero_is_unknown":false}],"country":"PE","dataset":"survey","dataset_id":"S2","date_precision":"day","days":"2012-03-04","original":{"date_prec":"1"},"places":[{"country":"PE","lat":-12.5,"lon":-73.0,"name":"Somewhere","precision":"settlement"}],"status":"published","title":{"en":"A clash 2"},"type":"armed-clash"},"id":"018cc252-22e0-712a-904b-d5901f13abbf"}','7fa352bf7c4953897839c0e6453a4103f5ed1e1fb2b684226c6a3a69839c8e92','19b1b038d0d59941a7c14c3e6d68821019a199d1f555a34cde1d6428cfad958b',NULL);
INSERT INTO "revision" VALUES(31,'incident','018cc252-22e0-7c2d-88d8-adb6439605fa','ana','2024-01-01T00:00:13.000000Z','edit','better','9bd879677a848cb3fd7bc7783ac40dafaba0588830921b62be573509bd881bb3','e46200d0340a586a3ac7bb28fda93a696192ce2e04fc06604eca4e2f50c58fe6',NULL,'34bafae2cfbd96edba17ad13819aaa4682fcc911b206a50501c456007fa31c31','45c0a708799885a5218e47aaa1cfe7dc2eb1e6f2a00994655724eb650c4e937a',NULL);
INSERT INTO "revision" VALUES(32,'incident','018cc252-22e0-712a-904b-d5901f13abbf','luz','2024-01-01T00:00:14.000000Z','import','survey again','a8c9084f0a525b55786ef74db71cba7ff16f526f5ae7b138873c2312bfc6672d','b2a51f567dfc40ae7464844418d9f555b832a6dd4dabcf00f52c11c10b629eef',NULL,'562ed2adae479fde53832ce64ac18cbee127d54a9791b3faffa579a7c8386caf','cf6a0aa1a42f613d8c28f8e992c1bda31264d12319a71de4b251483eb4dcf72d',NULL);
CREATE TABLE source (
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	publisher TEXT, 
	title TEXT, 
	published_on TEXT, 
	url TEXT, 
	archive_url TEXT, 
	language TEXT, 
	licence TEXT, 
	reliability TEXT, 
	accessed_on DATE, 
	note TEXT, 
	sensitivity TEXT, 
	PRIMARY KEY ("key")
);
INSERT INTO "source" VALUES('ombudsman','ombudsman','Office of the Ombudsman',NULL,'2012-07',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "source" VALUES('daily','press','The Daily',NULL,'2012-04-15',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "source" VALUES('survey-1','dataset','Survey of Nowhere',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE INDEX revision_subject ON revision (subject_kind, subject_id, number);
CREATE INDEX revision_origin ON revision (subject_id) WHERE origin IS NOT NULL;
CREATE INDEX revision_moment ON revision (recorded_at);
CREATE INDEX revision_sensitivity ON revision (number) WHERE instr(document, '"sensitivity":') > 0;
CREATE INDEX incident_part_of ON incident (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX incident_sensitivity ON incident (sensitivity) WHERE sensitivity IS NOT NULL;
CREATE INDEX incident_days ON incident (first_day, last_day);
CREATE INDEX incident_not_published ON incident (status) WHERE status <> 'published';
CREATE INDEX ix_incident_type ON incident (type);
CREATE INDEX place_sensitivity ON place (sensitivity) WHERE sensitivity IS NOT NULL;
CREATE INDEX ix_party_actor ON party (actor);
CREATE INDEX ix_incident_source_source ON incident_source (source);
CREATE INDEX ix_incident_case_case ON incident_case ("case");
CREATE INDEX face_uncounted ON face (code) WHERE counted = 0;
CREATE INDEX ix_import_row_incident ON import_row (incident);
CREATE VIEW incidents AS SELECT
        fid, code, "key", title, summary, type, subtype, first_day, last_day, date_precision, place_name,
        place_precision, radius_m, country, admin_code, adm1, adm2, adm3, region, killed_low, killed_best, killed_high,
        killed_source, injured_low, injured_best, injured_high, detained_low, detained_best, detained_high, missing_low,
        missing_best, missing_high, abducted_low, abducted_best, abducted_high, released_low, released_best,
        released_high, actors, source_count, source_kinds, tags, status, confidence, cases, part_of, counted, dataset,
        revision, recorded_at, geom
    FROM face WHERE status IN ('draft', 'in-review', 'published');
CREATE VIEW regions AS SELECT
        fid, set_name AS "set", "key", name_es AS name, name_en, kind, valid_from, valid_until, working_outline, decree,
        citation, url, outline_note, attribution, licence, geometry AS geom
    FROM region;
CREATE VIEW claims AS SELECT
        claim.rowid AS fid, incident.code, claim.measure, claim."group", claim.low, claim.best, claim.high,
        claim.source,
        claim.attributed_to, claim.stated_on, claim.scope, claim.note, claim.pinned,
        claim.label, claim.supersedes, claim.adds
    FROM claim JOIN incident ON incident.fid = claim.incident
    WHERE incident.status IN ('draft', 'in-review', 'published');
CREATE VIEW sources AS SELECT
        rowid AS fid, "key", kind, publisher, title, published_on, url, archive_url, language, licence, reliability
    FROM source;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('revision',32);
COMMIT;
